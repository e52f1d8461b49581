-- A table found in a document: its size, what stands around it, how it was found, how many claims came of it.
SELECT
    d.name AS document, d.sha256 AS document_sha256, g.ordinal AS table_no, g.page, g.row_count, g.column_count,
    g.header_rows, g.header_columns, g.kind, g.caption, g.unit_note, g.source, g.method, g.score, g.alarms, g.box,
    g.xpath, g.span_start, g.span_end,
    (SELECT COUNT(*) FROM claim c
     WHERE c.document_id = d.id AND c.table_no = g.ordinal AND c.retired_at IS NULL) AS claims
FROM grid g
JOIN reading r ON r.id = g.reading_id
JOIN document d ON d.id = r.document_id AND d.reading_id = r.id
