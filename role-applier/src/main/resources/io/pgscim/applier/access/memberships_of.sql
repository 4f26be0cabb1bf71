-- Which roles can this one ($1) come to, and by which memberships? What several grantors gave is joined.
WITH RECURSIVE within (oid) AS (
  SELECT $1::bigint::oid
  UNION
  SELECT roleid FROM within JOIN pg_auth_members ON member = within.oid
)
SELECT roleid::bigint AS role, member::bigint,
       -- Before PostgreSQL 16 there are no such options: whether something is inherited is the member's own matter.
       bool_or(coalesce((to_jsonb(held) ->> 'inherit_option')::boolean, holder.rolinherit)) AS inherit,
       bool_or(coalesce((to_jsonb(held) ->> 'set_option')::boolean, true)) AS "set",
       bool_or(held.admin_option) AS admin
FROM pg_auth_members held JOIN within ON within.oid = held.member
     JOIN pg_roles holder ON holder.oid = held.member
GROUP BY roleid, member
ORDER BY roleid, member
