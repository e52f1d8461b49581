-- An entity, metric and period said by more than one document. minimum and maximum are in unit (times in hour or
-- year); conflict says that no number fits all the words, rounding counted. period_start is NULL where none states one.
SELECT
    e.name AS entity, NULLIF(e.type, '') AS entity_type, m.name AS metric, g.of_metric, g.unit, g.period_start,
    g.period_end, g.fiscal, g.modality, g.documents AS sources, g.claims, g.minimum, g.maximum,
    g.maximum - g.minimum AS spread,
    CASE WHEN g.minimum = g.maximum THEN 0.0
         WHEN ABS(g.minimum) >= ABS(g.maximum) THEN (g.maximum - g.minimum) / ABS(g.minimum)
         ELSE (g.maximum - g.minimum) / ABS(g.maximum) END AS relative_spread,
    g.conflict, g.first_published, g.last_published, g.series_key
FROM agreement_group g
JOIN entity e ON e.id = g.entity_id
JOIN metric m ON m.id = g.metric_id
WHERE g.documents > 1
