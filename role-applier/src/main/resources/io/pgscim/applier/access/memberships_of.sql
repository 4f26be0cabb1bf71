-- Which roles can this one ($1) come to, and by which memberships? What several grantors gave is joined.
WITH RECURSIVE within (oid) AS (
  SELECT $1::bigint::oid
  UNION
  SELECT roleid FROM within JOIN pg_auth_members ON member = within.oid
)
SELECT roleid::bigint AS role, member::bigint, bool_or(inherit_option) AS inherit, bool_or(set_option) AS "set",
       bool_or(admin_option) AS admin
FROM pg_auth_members JOIN within ON within.oid = member
GROUP BY roleid, member
ORDER BY roleid, member
