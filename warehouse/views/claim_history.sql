-- Every version of every claim: what was believed from learned_at until retired_at.
-- What was believed on a day D: WHERE learned_at <= D AND (retired_at IS NULL OR retired_at > D).
SELECT
    c.claim_id, c.version, c.entity, NULLIF(e.type, '') AS entity_type, e.ontology_id AS entity_id,
    e.key AS entity_key, c.entity_text, c.metric, NULLIF(m.ontology_id, '') AS metric_id, c.metric_text,
    c.of_metric, c.value_type, c.value, c.low, c.high, c.unit, c.per, c.value_date, c.value_text, c.value_as_written,
    c.bound, c.approximate, c.vague, c.modality, c.attribution, c.period_start, c.period_end, c.period_text,
    c.fiscal, c.year, c.confidence, c.method,
    d.publisher, d.name AS document, d.sha256 AS document_sha256, d.title, d.published_on, d.url,
    c.page, c.quote, c.span_start, c.span_end, c.in_table, c.table_no, c.table_row, c.table_column,
    c.value_exact, c.low_exact, c.high_exact, c.alarms, c.status, c.origin, c.verdict, c.review_id, c.series_key,
    c.comparable_low, c.comparable_high, c.at_least, c.at_most, c.learned_at, c.retired_at, c.retired_reason, c.id AS version_id
FROM claim c
JOIN document d ON d.id = c.document_id
JOIN entity e ON e.id = c.entity_id
JOIN metric m ON m.id = c.metric_id
