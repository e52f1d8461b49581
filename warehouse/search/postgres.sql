-- The rules of search/tokens.py for Postgres: bigrams('営業利益') is the query that finds it.
CREATE OR REPLACE FUNCTION bigrams(words text) RETURNS tsquery LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $body$
DECLARE
    folded text := translate(normalize(COALESCE(words, ''), NFKC),
                             'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz');
    dense constant text := '\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u9fff'
        || '\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003134f';
    word constant text := '0-9a-z\u00c0-\u024f\u0370-\u052f';
    run text;
    terms text[] := '{}';
BEGIN
    FOR run IN SELECT (regexp_matches(folded, '[' || dense || ']+|[' || word || ']+', 'g'))[1] LOOP
        IF run ~ ('^[' || word || ']') THEN
            terms := terms || ('''' || run || '''');
        ELSIF length(run) = 1 THEN
            terms := terms || ('''' || run || ''':*');
        ELSE
            FOR i IN 1 .. length(run) - 1 LOOP
                terms := terms || ('''' || substr(run, i, 2) || '''');
            END LOOP;
        END IF;
    END LOOP;
    RETURN CASE WHEN cardinality(terms) = 0 THEN '''#''' ELSE array_to_string(terms, ' & ') END::tsquery;
END
$body$;
CREATE OR REPLACE FUNCTION match(query tsquery, tokens tsvector) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT $2 @@ $1';
