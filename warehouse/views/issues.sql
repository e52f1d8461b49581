-- A recorded signal that still stands: a document that failed and why, a table that does not add up, …
SELECT
    i.code, i.severity, i.message, i.name AS document, i.sha256 AS document_sha256, i.path, i.kind, i.page,
    i.span_start, i.span_end, i.table_no, i.learned_at, r.run_id
FROM issue i
JOIN run r ON r.id = i.learned_run
WHERE i.retired_at IS NULL
