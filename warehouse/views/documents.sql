-- A document that was read; paths and addresses are where it lies now, one a line.
SELECT
    d.sha256, d.name, d.format, d.size, d.title, d.author, d.publisher, d.published_on, d.published_text,
    d.published_evidence, d.published_strong, d.updated_on, d.language, d.url, d.fetched_at,
--sqlite:    (SELECT GROUP_CONCAT(place, CHAR(10)) FROM (SELECT place FROM location l WHERE l.document_id = d.id AND l.kind = 'path' AND l.replaced_at IS NULL ORDER BY place)) AS paths,
--postgresql:    (SELECT STRING_AGG(l.place, CHR(10) ORDER BY l.place) FROM location l WHERE l.document_id = d.id AND l.kind = 'path' AND l.replaced_at IS NULL) AS paths,
    r.reader, LENGTH(r.text) AS characters,
    (SELECT COUNT(*) FROM page p WHERE p.reading_id = r.id) AS pages,
    (SELECT COUNT(*) FROM grid g WHERE g.reading_id = r.id) AS tables,
    d.claims, d.learned_at, d.extracted_at, d.code_version, d.ontology_hash,
    (SELECT s.sha256 FROM document s WHERE s.id = d.superseded_by) AS superseded_by,
    d.superseded_at
FROM document d
JOIN reading r ON r.id = d.reading_id
