-- What is believed now: shown, and as sure as the setting confidence_threshold asks, or judged right by a person.
SELECT * FROM all_claims
WHERE status = 'shown'
  AND (verdict IS NOT NULL
       OR confidence >= (SELECT CAST(value AS DOUBLE PRECISION) FROM setting WHERE name = 'confidence_threshold'))
