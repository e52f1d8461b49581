-- An entity as claims name it; claims counts the current ones. entity_key joins spellings of one entity.
SELECT name AS entity, NULLIF(type, '') AS entity_type, ontology_id AS entity_id, key AS entity_key, claims
FROM entity
WHERE claims > 0
