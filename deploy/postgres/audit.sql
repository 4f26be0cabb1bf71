-- The second place of audit-sink's checkpoints, PostgreSQL 14 or newer. Run in a database that is not administered by
-- whoever administers the machine of audit-sink: the log cannot be set back behind what stands here, except by somebody who
-- can change both. Run by a superuser or the database's owner; running it again, by the same one, changes nothing.
--
--   pgscim_audit   logs in, reads the table, and calls the two functions. It can neither change nor delete a row otherwise,
--                  so that not even its password lets anybody set a log back.
--
-- Give it a way to log in that suits you, for example  ALTER ROLE pgscim_audit PASSWORD '…'  and a line in pg_hba.conf.
-- To let a log begin anew, DELETE its row as the owner, and start audit-sink once with pgscim.audit.anchor.begin=true.

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'pgscim_audit') THEN
    CREATE ROLE pgscim_audit LOGIN;
  END IF;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'pgscim_audit'
               AND (rolsuper OR rolcreaterole OR rolreplication OR rolbypassrls)) THEN
    RAISE EXCEPTION 'pgscim_audit must not have SUPERUSER, CREATEROLE, REPLICATION or BYPASSRLS';
  END IF;
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO pgscim_audit', current_database());
END
$$;

CREATE SCHEMA IF NOT EXISTS pgscim_audit;
REVOKE ALL ON SCHEMA pgscim_audit FROM PUBLIC;
GRANT USAGE ON SCHEMA pgscim_audit TO pgscim_audit;

-- One row per log. From size on: what was signed last; null while nothing was.
CREATE TABLE IF NOT EXISTS pgscim_audit.anchor (
  origin     text        PRIMARY KEY,
  epoch      bigint      NOT NULL,
  writer     text        NOT NULL,
  taken_at   timestamptz NOT NULL,
  size       bigint      CHECK (size >= 0),
  root       bytea       CHECK (octet_length(root) = 32),
  signed_at  timestamptz,
  note       text        CHECK (octet_length(note) < 100000),
  swapped_at timestamptz,
  CHECK (num_nulls(size, root, signed_at, note, swapped_at) IN (0, 5))
);
REVOKE ALL ON TABLE pgscim_audit.anchor FROM PUBLIC;
GRANT SELECT ON TABLE pgscim_audit.anchor TO pgscim_audit;

-- Begins the next epoch of a log, unless somebody else has begun one since.
CREATE OR REPLACE FUNCTION pgscim_audit.take(log text, who text, seen bigint) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF seen = 0 THEN
    INSERT INTO pgscim_audit.anchor (origin, epoch, writer, taken_at)
    VALUES (log, 1, who, clock_timestamp()) ON CONFLICT (origin) DO NOTHING;
  ELSE
    UPDATE pgscim_audit.anchor SET epoch = epoch + 1, writer = who, taken_at = clock_timestamp()
    WHERE origin = log AND epoch = seen;
  END IF;
  RETURN FOUND;
END
$$;

-- Puts what was signed now in the place of what was signed before, in the epoch that the caller began. Forward only: never
-- fewer entries, never another root for as many, never an earlier time.
CREATE OR REPLACE FUNCTION pgscim_audit.swap(log text, in_epoch bigint, old_size bigint, old_root bytea,
  old_signed_at timestamptz, new_size bigint, new_root bytea, new_signed_at timestamptz, new_note text) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  UPDATE pgscim_audit.anchor
  SET size = new_size, root = new_root, signed_at = new_signed_at, note = new_note, swapped_at = clock_timestamp()
  WHERE origin = log AND epoch = in_epoch
    AND size IS NOT DISTINCT FROM old_size AND root IS NOT DISTINCT FROM old_root
    AND signed_at IS NOT DISTINCT FROM old_signed_at
    AND (size IS NULL OR (size < new_size OR (size = new_size AND root = new_root)) AND signed_at <= new_signed_at);
  RETURN FOUND;
END
$$;

REVOKE ALL ON FUNCTION pgscim_audit.take(text, text, bigint),
  pgscim_audit.swap(text, bigint, bigint, bytea, timestamptz, bigint, bytea, timestamptz, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pgscim_audit.take(text, text, bigint),
  pgscim_audit.swap(text, bigint, bigint, bytea, timestamptz, bigint, bytea, timestamptz, text) TO pgscim_audit;
