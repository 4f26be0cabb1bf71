-- The memberships of the cluster, as PostgreSQL 16 would tell of them. Before, there is one of each role and member, which
-- whoever administers the role can end; so all of those in pgscim's own roles are the granter's.
CREATE OR REPLACE VIEW pgscim.auth_members AS
SELECT held.roleid, held.member, CASE WHEN own.role_oid IS NULL THEN held.grantor ELSE granter.oid END AS grantor,
       held.admin_option, true AS inherit_option, true AS set_option
FROM pg_catalog.pg_auth_members held
     JOIN pg_catalog.pg_roles granter ON granter.rolname = 'pgscim_granter'
     LEFT JOIN pgscim.managed_role own ON own.role_oid = held.roleid;
