-- The roles of the cluster, with what none of pgscim's should have.
CREATE OR REPLACE VIEW pgscim.roles AS
SELECT role.oid, role.rolname, role.rolcanlogin, role.rolconnlimit, role.rolconfig, role.rolsuper,
       array_remove(ARRAY [CASE WHEN role.rolsuper THEN 'SUPERUSER' END, CASE WHEN role.rolcreaterole THEN 'CREATEROLE' END,
                           CASE WHEN role.rolcreatedb THEN 'CREATEDB' END, CASE WHEN role.rolreplication THEN 'REPLICATION' END,
                           CASE WHEN role.rolbypassrls THEN 'BYPASSRLS' END], NULL) AS attributes,
       EXISTS (SELECT FROM pg_catalog.pg_auth_members held JOIN pg_catalog.pg_roles provider ON provider.oid = held.roleid
               WHERE held.member = role.oid
                 AND provider.rolname IN ('rds_superuser', 'cloudsqlsuperuser', 'alloydbsuperuser', 'azure_pg_admin'))
         AS provider
FROM pg_catalog.pg_roles role;

-- What each role is a member of, in a fixed order: arrays of the same length, for rows would cost more and JSON far more.
CREATE OR REPLACE VIEW pgscim.memberships AS
SELECT member, array_agg(role) AS held, array_agg(grantor) AS held_from, array_agg(managed) AS held_managed,
       array_agg(admin_option) AS held_admin, array_agg(inherit_option) AS held_inherit, array_agg(set_option) AS held_set
FROM (SELECT held.member, granted.rolname::text AS role, grantor.rolname::text AS grantor, own.role_oid IS NOT NULL AS managed,
             held.admin_option, held.inherit_option, held.set_option
      FROM pgscim.auth_members held
           JOIN pg_catalog.pg_roles granted ON granted.oid = held.roleid
           JOIN pg_catalog.pg_roles grantor ON grantor.oid = held.grantor
           LEFT JOIN pgscim.managed_role own ON own.role_oid = held.roleid
      ORDER BY held.member, granted.rolname, grantor.rolname) one
GROUP BY member;
