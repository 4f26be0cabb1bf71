-- The memberships of the cluster, as PostgreSQL 16 would tell of them. Before, there is one of each role and member, which
-- whoever may end, and who gave it means nothing.
CREATE OR REPLACE VIEW pgscim.auth_members AS
SELECT roleid, member, granter.oid AS grantor, admin_option, true AS inherit_option, true AS set_option
FROM pg_catalog.pg_auth_members, pg_catalog.pg_roles granter
WHERE granter.rolname = 'pgscim_granter';
