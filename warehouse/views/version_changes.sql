-- What a document's new version says differently from the one it superseded: changed, removed, added, same.
SELECT
    CASE WHEN n.id IS NULL THEN 'removed'
         WHEN COALESCE(n.value_exact, n.value_date, n.value_text, n.low_exact || '/' || n.high_exact, '')
            = COALESCE(o.value_exact, o.value_date, o.value_text, o.low_exact || '/' || o.high_exact, '') THEN 'same'
         ELSE 'changed' END AS change,
    od.name AS old_document, od.sha256 AS old_sha256, nd.name AS document, nd.sha256 AS document_sha256,
    e.name AS entity, m.name AS metric, o.period_start, o.modality, o.unit, o.value AS old_value, n.value AS value,
    o.value_as_written AS old_as_written, n.value_as_written AS value_as_written, od.superseded_at
FROM document od
JOIN document nd ON nd.id = od.superseded_by
JOIN claim o ON o.document_id = od.id AND o.retired_at = od.superseded_at
JOIN entity e ON e.id = o.entity_id
JOIN metric m ON m.id = o.metric_id
LEFT JOIN claim n ON n.document_id = nd.id AND n.retired_at IS NULL AND n.entity_id = o.entity_id
    AND n.metric_id = o.metric_id AND n.modality = o.modality AND COALESCE(n.unit, '') = COALESCE(o.unit, '')
    AND COALESCE(n.period_start, '') = COALESCE(o.period_start, '') AND COALESCE(n.of_metric, '') = COALESCE(o.of_metric, '')
UNION ALL
SELECT
    'added', od.name, od.sha256, nd.name, nd.sha256, e.name, m.name, n.period_start, n.modality, n.unit, NULL, n.value,
    NULL, n.value_as_written, od.superseded_at
FROM document od
JOIN document nd ON nd.id = od.superseded_by
JOIN claim n ON n.document_id = nd.id AND n.retired_at IS NULL
JOIN entity e ON e.id = n.entity_id
JOIN metric m ON m.id = n.metric_id
WHERE NOT EXISTS (
    SELECT 1 FROM claim o
    WHERE o.document_id = od.id AND o.retired_at = od.superseded_at AND o.entity_id = n.entity_id
      AND o.metric_id = n.metric_id AND o.modality = n.modality AND COALESCE(o.unit, '') = COALESCE(n.unit, '')
      AND COALESCE(o.period_start, '') = COALESCE(n.period_start, '')
      AND COALESCE(o.of_metric, '') = COALESCE(n.of_metric, ''))
