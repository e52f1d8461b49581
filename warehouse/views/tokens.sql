-- The ledger: every number-like token of a document and its one outcome.
SELECT
    d.name AS document, d.sha256 AS document_sha256, t.span_start, t.span_end, t.text, t.outcome, t.reason
FROM ledger t
JOIN document d ON d.id = t.document_id
WHERE t.retired_run IS NULL
