-- Which source says what: the claims behind each row of agreement.
SELECT
    g.series_key, g.modality, c.entity, c.metric, c.period_start, c.period_end, c.document, c.publisher,
    c.published_on, c.value, c.low, c.high, c.unit, c.value_as_written, c.bound, c.at_least, c.at_most, g.conflict,
    c.claim_id
FROM agreement_group g
JOIN claims c ON c.series_key = g.series_key AND c.modality = g.modality
WHERE g.documents > 1
