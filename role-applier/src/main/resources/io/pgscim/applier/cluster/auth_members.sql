-- The memberships of the cluster, in the words of PostgreSQL 16 and newer.
CREATE OR REPLACE VIEW pgscim.auth_members AS
SELECT roleid, member, grantor, admin_option, inherit_option, set_option FROM pg_catalog.pg_auth_members;
