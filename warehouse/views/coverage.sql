-- What became of the number-like tokens of a document; rejected_reasons is a JSON object reason → tokens.
SELECT
    d.name AS document, d.sha256 AS document_sha256, d.tokens_claimed + d.tokens_rejected + d.tokens_unparsed AS tokens,
    d.tokens_claimed AS claimed, d.tokens_rejected AS rejected, d.tokens_unparsed AS unparsed, d.rejected_reasons,
    CASE WHEN d.tokens_claimed + d.tokens_unparsed > 0
         THEN CAST(d.tokens_claimed AS DOUBLE PRECISION) / (d.tokens_claimed + d.tokens_unparsed) END AS claimed_share,
    d.claims
FROM document d
WHERE d.superseded_by IS NULL
