-- A metric as claims name it; claims counts the current ones.
SELECT name AS metric, NULLIF(ontology_id, '') AS metric_id, claims
FROM metric
WHERE claims > 0
