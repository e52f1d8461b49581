-- A forecast or target of one document against the actual figure another gives for the same quantity.
SELECT
    e.name AS entity, m.name AS metric, f.unit, f.period_start, f.period_end, f.fiscal, f.modality,
    f.minimum AS forecast_low, f.maximum AS forecast_high, a.minimum AS actual_low, a.maximum AS actual_high,
    CASE WHEN f.at_least > a.at_most OR f.at_most < a.at_least THEN 0 ELSE 1 END AS came_true,
    CASE WHEN a.minimum <> 0 THEN (f.maximum + f.minimum - a.minimum - a.maximum) / (2 * ABS(a.minimum)) END AS error,
    f.first_published AS forecast_published, a.first_published AS actual_published, f.series_key
FROM agreement_group f
JOIN agreement_group a ON a.series_key = f.series_key AND a.modality = 'actual'
JOIN entity e ON e.id = f.entity_id
JOIN metric m ON m.id = f.metric_id
WHERE f.modality IN ('forecast', 'target')
