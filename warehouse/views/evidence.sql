-- One part of one current claim, and the place it was read from.
SELECT
    c.claim_id, p.part, p.role, p.span_start, p.span_end, p.quote, p.page, p.boxes, p.table_no, p.table_row,
    p.table_column, p.xpath, d.name AS document, d.sha256 AS document_sha256, p.ordinal
FROM claim c
JOIN evidence_part p ON p.claim = c.id
JOIN document d ON d.id = c.document_id
WHERE c.retired_at IS NULL
