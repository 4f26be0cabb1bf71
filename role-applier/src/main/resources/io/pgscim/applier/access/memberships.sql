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
SELECT roleid::bigint AS role, member::bigint,
       -- Before PostgreSQL 16 there are no such options: whether something is inherited is the member's own matter.
       bool_or(coalesce((to_jsonb(held) ->> 'inherit_option')::boolean, holder.rolinherit)) AS inherit,
       bool_or(coalesce((to_jsonb(held) ->> 'set_option')::boolean, true)) AS "set",
       bool_or(held.admin_option) AS admin
FROM pg_auth_members held JOIN toward ON toward.oid = held.roleid
     JOIN pg_roles holder ON holder.oid = held.member
GROUP BY roleid, member
ORDER BY roleid, member
