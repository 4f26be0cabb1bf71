-- The roles of the applier. Run as superuser, once per cluster; running it again changes nothing.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'pgscim_applier') THEN
    CREATE ROLE pgscim_applier LOGIN CREATEROLE;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'pgscim_granter') THEN
    CREATE ROLE pgscim_granter NOLOGIN;
  END IF;
END
$$;
GRANT pg_signal_backend TO pgscim_applier;
GRANT pgscim_granter TO pgscim_applier;
GRANT CONNECT ON DATABASE pgscim TO pgscim_applier;
CREATE SCHEMA IF NOT EXISTS pgscim AUTHORIZATION pgscim_applier;
