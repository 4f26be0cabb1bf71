-- What role-applier may do on a cluster, PostgreSQL 16 or newer. Run in the applier's home database (CREATE DATABASE
-- pgscim; then, connected to it, this file) by a superuser, or on a managed service by its administrator, who owns the
-- home database; running it again, by the same one, changes nothing.
--
--   pgscim_applier   logs in, creates people's roles and access roles, ends sessions. Not a superuser: of the roles that
--                    exist it can change none.
--   pgscim_granter   nobody logs in as it. It may hand out the access roles, and every membership is given in its name,
--                    so that a membership of pgscim's is told from one that somebody else gave.
--   pgscim_leavers   nobody logs in as it, and it has nothing. It can be given what leavers owned, where the policy says
--                    objects: { reassign_to: pgscim_leavers }.
--
-- Give pgscim_applier a way to log in that suits you, for example  ALTER ROLE pgscim_applier PASSWORD '…'  and a line in
-- pg_hba.conf. For each owner of tables that the policy grants on, also run
--   GRANT <owner> TO pgscim_applier WITH INHERIT TRUE, SET TRUE;
-- for each role that PostgreSQL defines and the policy names under member_of
--   GRANT pg_read_all_data TO pgscim_granter WITH ADMIN TRUE, INHERIT FALSE, SET FALSE;
-- and for each role that the policy adopts
--   GRANT <role> TO pgscim_applier WITH ADMIN TRUE, INHERIT FALSE, SET FALSE;

DO $$
BEGIN
  IF current_setting('server_version_num')::int < 160000 THEN
    RAISE EXCEPTION 'PostgreSQL 16 or newer is needed: before, CREATEROLE is close to superuser';
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'pgscim_applier') THEN
    CREATE ROLE pgscim_applier;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'pgscim_granter') THEN
    CREATE ROLE pgscim_granter;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'pgscim_leavers') THEN
    CREATE ROLE pgscim_leavers;
  END IF;
  -- Only a superuser could take these, and only a superuser can have given them.
  IF EXISTS (SELECT FROM pg_roles WHERE rolname IN ('pgscim_applier', 'pgscim_granter', 'pgscim_leavers')
               AND (rolsuper OR rolreplication OR rolbypassrls)) THEN
    RAISE EXCEPTION 'pgscim_applier, pgscim_granter and pgscim_leavers must not have SUPERUSER, REPLICATION or BYPASSRLS';
  END IF;
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO pgscim_applier', current_database());
END
$$;

ALTER ROLE pgscim_applier LOGIN CREATEROLE;
ALTER ROLE pgscim_granter NOLOGIN NOCREATEROLE;
ALTER ROLE pgscim_leavers NOLOGIN NOCREATEROLE;

GRANT pgscim_granter TO pgscim_applier WITH ADMIN FALSE, INHERIT FALSE, SET TRUE;
GRANT pgscim_leavers TO pgscim_applier WITH ADMIN FALSE, INHERIT TRUE, SET TRUE;
GRANT pg_signal_backend TO pgscim_applier WITH ADMIN FALSE, INHERIT TRUE, SET FALSE;

-- Amazon RDS: the granter may let people log in by IAM. It hands the membership out and inherits nothing of it, and so
-- the applier, which RDS would otherwise ask for a token too.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'rds_iam') THEN
    GRANT rds_iam TO pgscim_granter WITH ADMIN TRUE, INHERIT FALSE, SET FALSE;
  END IF;
END
$$;

-- Who is no superuser makes a schema for a role only while acting as that role.
DO $$
BEGIN
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    GRANT pgscim_applier TO CURRENT_USER WITH INHERIT FALSE, SET TRUE;
  END IF;
END
$$;

-- Everything the applier keeps: what it read, which roles are its own, events on their way out.
CREATE SCHEMA IF NOT EXISTS pgscim AUTHORIZATION pgscim_applier;
DO $$
BEGIN
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    REVOKE pgscim_applier FROM CURRENT_USER GRANTED BY CURRENT_USER;
  END IF;
END
$$;

-- A membership can only be ended in its grantor's name, and the applier is above none. This function ends memberships,
-- whoever gave them, of roles that pgscim_applier created, and can do nothing else: it gives nothing to anybody.
CREATE SCHEMA IF NOT EXISTS pgscim_admin;
REVOKE ALL ON SCHEMA pgscim_admin FROM PUBLIC;
GRANT USAGE ON SCHEMA pgscim_admin TO pgscim_applier;

CREATE OR REPLACE FUNCTION pgscim_admin.revoke_membership(granted name, member name, grantor name) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM pg_auth_members held
           JOIN pg_roles created ON created.oid = held.roleid
           JOIN pg_roles creator ON creator.oid = held.member
    WHERE created.rolname = revoke_membership.member
      AND creator.rolname = 'pgscim_applier' AND held.admin_option
  ) THEN
    RAISE insufficient_privilege USING MESSAGE = format('role %I was not created by pgscim_applier', member);
  END IF;
  EXECUTE format('REVOKE %I FROM %I GRANTED BY %I CASCADE', granted, member, grantor);
END
$$;
REVOKE ALL ON FUNCTION pgscim_admin.revoke_membership(name, name, name) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pgscim_admin.revoke_membership(name, name, name) TO pgscim_applier;

-- PostgreSQL goes through all roles that somebody administers whenever one of them changes, and pgscim_applier administers
-- everybody: at 10,000 people a CREATE ROLE takes 2 ms in its name, and 0.05 ms in that of a superuser. These functions do
-- what pgscim_applier may do itself, to roles that it may do it to, and nothing else. They are used when a superuser owns
-- the first two, and pgscim_granter the others.
CREATE OR REPLACE FUNCTION pgscim_admin.create_logins(names text[], connection_limits integer[]) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  FOR i IN 1 .. cardinality(names) LOOP
    EXECUTE format('CREATE ROLE %I LOGIN CONNECTION LIMIT %s', names[i], connection_limits[i]);
    -- What pgscim_applier would have if it had made the role itself.
    EXECUTE format('GRANT %I TO pgscim_applier WITH ADMIN TRUE, INHERIT FALSE, SET FALSE', names[i]);
  END LOOP;
END
$$;

CREATE OR REPLACE FUNCTION pgscim_admin.let_log_in(names text[], may boolean) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  named text;
BEGIN
  FOREACH named IN ARRAY names LOOP
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = named) AND NOT EXISTS (
      SELECT FROM pg_roles role JOIN pg_auth_members held ON held.roleid = role.oid
             JOIN pg_roles applier ON applier.oid = held.member
      WHERE role.rolname = named AND NOT role.rolsuper AND applier.rolname = 'pgscim_applier' AND held.admin_option
    ) THEN
      RAISE insufficient_privilege USING MESSAGE = format('pgscim_applier does not administer role %I', named);
    END IF;
    EXECUTE format('ALTER ROLE %I %s', named, CASE WHEN may THEN 'LOGIN' ELSE 'NOLOGIN' END);
  END LOOP;
END
$$;

CREATE OR REPLACE FUNCTION pgscim_admin.give_membership(granted text, members text[], inherits boolean, sets boolean)
  RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  EXECUTE format('GRANT %I TO %s WITH ADMIN FALSE, INHERIT %s, SET %s', granted,
                 (SELECT string_agg(quote_ident(member), ', ') FROM unnest(members) member), inherits::text, sets::text);
END
$$;

CREATE OR REPLACE FUNCTION pgscim_admin.take_membership(granted text, members text[]) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  EXECUTE format('REVOKE %I FROM %s CASCADE', granted,
                 (SELECT string_agg(quote_ident(member), ', ') FROM unnest(members) member));
END
$$;

REVOKE ALL ON FUNCTION pgscim_admin.create_logins(text[], integer[]), pgscim_admin.let_log_in(text[], boolean),
  pgscim_admin.give_membership(text, text[], boolean, boolean), pgscim_admin.take_membership(text, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pgscim_admin.create_logins(text[], integer[]), pgscim_admin.let_log_in(text[], boolean),
  pgscim_admin.give_membership(text, text[], boolean, boolean), pgscim_admin.take_membership(text, text[])
  TO pgscim_applier;
DO $$
BEGIN
  IF (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    ALTER FUNCTION pgscim_admin.give_membership(text, text[], boolean, boolean) OWNER TO pgscim_granter;
    ALTER FUNCTION pgscim_admin.take_membership(text, text[]) OWNER TO pgscim_granter;
  END IF;
END
$$;
