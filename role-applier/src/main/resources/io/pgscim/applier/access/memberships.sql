-- Which memberships lead to these roles ($1), to superusers and to those that PostgreSQL defines? What several grantors gave
-- is joined, for PostgreSQL asks whether any of them let the member do it.
WITH RECURSIVE toward (oid) AS (
  SELECT unnest($1::bigint[])::oid
  UNION
  SELECT oid FROM pg_roles
  WHERE rolsuper OR rolname IN ('pg_read_all_data', 'pg_write_all_data', 'pg_maintain', 'pg_database_owner')
  UNION
  SELECT member FROM toward JOIN pg_auth_members ON roleid = toward.oid
)
SELECT roleid::bigint AS role, member::bigint, bool_or(inherit_option) AS inherit, bool_or(set_option) AS "set",
       bool_or(admin_option) AS admin
FROM pg_auth_members JOIN toward ON toward.oid = roleid
GROUP BY roleid, member
ORDER BY roleid, member
