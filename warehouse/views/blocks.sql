-- A block of a document: title, heading, paragraph, list item, table, caption, note …, in reading order.
SELECT
    d.name AS document, d.sha256 AS document_sha256, b.ordinal AS block_no, b.kind, b.level, b.page, b.text,
    b.span_start, b.span_end, b.boxes, b.heading_path, b.parent, b.table_no, b.id AS block_id
FROM block b
JOIN reading r ON r.id = b.reading_id
JOIN document d ON d.id = r.document_id AND d.reading_id = r.id
