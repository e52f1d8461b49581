-- A role that may read a Tenkyo warehouse and nothing else. Run once in the warehouse's database, as its owner:
--   psql "$TENKYO_DATABASE_URL" -f docs/postgres-reader.sql
-- Give it to people with:  CREATE ROLE sato LOGIN IN ROLE tenkyo_reader;
-- Where the owner is a member of it, `tenkyo sql` asks as this role.
DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'tenkyo_reader') THEN
        CREATE ROLE tenkyo_reader NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
    END IF;
END
$$;
ALTER ROLE tenkyo_reader SET default_transaction_read_only = on;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO tenkyo_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO tenkyo_reader;
-- Views are made again by upgrades; this keeps them readable.
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO tenkyo_reader;
GRANT tenkyo_reader TO CURRENT_USER;
