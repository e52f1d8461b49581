-- One execution: when, with what, and what it did.
SELECT
    run_id, command, status, started_at, finished_at, code_version, ontology_hash, documents_new,
    documents_unchanged, documents_failed, claims_added, claims_confirmed, claims_retired, claims_quarantined
FROM run
