-- What persons said of claims, oldest first, and how it meets what the machine reads now: the old machine reading the
-- person saw (machine_*), what the person says (person_*), the machine's reading now (now_*). state is NULL for reviews
-- that a later one replaced, else: stands, agrees, differs, gone.
SELECT
    r.id AS review_id, r.verdict, r.reviewer, r.reason, r.reviewed_at, s.state, d.name AS document,
    r.document_sha256, r.quote, r.span_start, r.span_end, r.claim_id, me.name AS machine_entity,
    mm.name AS machine_metric, COALESCE(mc.value_exact, mc.value_date, mc.value_text) AS machine_value,
    mc.unit AS machine_unit, s.person_claim_id, pe.name AS person_entity, pm.name AS person_metric,
    COALESCE(pc.value_exact, pc.value_date, pc.value_text) AS person_value, pc.unit AS person_unit,
    s.machine_claim_id AS now_claim_id, ne.name AS now_entity, nm.name AS now_metric,
    COALESCE(nc.value_exact, nc.value_date, nc.value_text) AS now_value, nc.unit AS now_unit, r.corrections
FROM review r
JOIN document d ON d.sha256 = r.document_sha256
LEFT JOIN review_state s ON s.review_id = r.id
LEFT JOIN claim mc ON mc.claim_id = r.claim_id AND mc.version = 1
LEFT JOIN entity me ON me.id = mc.entity_id
LEFT JOIN metric mm ON mm.id = mc.metric_id
LEFT JOIN claim pc ON pc.claim_id = s.person_claim_id AND pc.version = 1
LEFT JOIN entity pe ON pe.id = pc.entity_id
LEFT JOIN metric pm ON pm.id = pc.metric_id
LEFT JOIN claim nc ON nc.claim_id = s.machine_claim_id AND nc.version = 1
LEFT JOIN entity ne ON ne.id = nc.entity_id
LEFT JOIN metric nm ON nm.id = nc.metric_id
