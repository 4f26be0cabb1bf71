-- Which memberships have exactly one side that is pgscim's? The rights that $1, the granter, and the applier's own login
-- work with are no finding, nor is what the granter gave pgscim's roles. There are few, so names come last.
WITH one_sided AS MATERIALIZED (
  SELECT held.roleid, held.member, held.grantor, held.admin_option AS admin,
         above.role_oid IS NOT NULL AS outsider, coalesce(above.user_id, below.user_id) AS user_id
  FROM pgscim.auth_members held
       LEFT JOIN pgscim.managed_role above ON above.role_oid = held.roleid
       LEFT JOIN pgscim.managed_role below ON below.role_oid = held.member
  WHERE (above.role_oid IS NULL) <> (below.role_oid IS NULL)
)
SELECT granted.rolname::text AS access, holder.rolname::text AS role, grantor.rolname::text AS grantor,
       one.admin, one.outsider, one.user_id
FROM one_sided one
     JOIN pg_roles granted ON granted.oid = one.roleid
     JOIN pg_roles holder ON holder.oid = one.member
     JOIN pg_roles grantor ON grantor.oid = one.grantor
WHERE holder.rolname NOT IN (current_user, $1)
  AND (one.outsider OR grantor.rolname <> $1)
ORDER BY 1, 2, 3
