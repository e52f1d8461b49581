-- A cell of a table; rows and columns count from 0.
SELECT
    d.name AS document, d.sha256 AS document_sha256, g.ordinal AS table_no, x.table_row, x.table_column, x.last_row,
    x.last_column, x.role, x.text, x.spans, x.boxes
FROM cell x
JOIN grid g ON g.id = x.grid_id
JOIN reading r ON r.id = g.reading_id
JOIN document d ON d.id = r.document_id AND d.reading_id = r.id
