-- Which roles have these names, or were access roles once?
SELECT role.rolname::text AS name,
       substr(own.subject, length('access/') + 1) AS access_role, -- null when pgscim did not create it as one
       coalesce(own.state = 'retired', false) AS retired,
       role.rolcanlogin AS can_login,
       role.attributes,
       role.rolsuper AS superuser,
       role.provider,
       EXISTS (SELECT FROM pgscim.managed_role other WHERE other.role_oid = role.oid AND other.user_id IS NOT NULL) AS taken,
       pg_has_role(role.oid, 'MEMBER WITH ADMIN OPTION') AS administered,
       role.rolname = current_user OR (NOT me.rolsuper AND pg_has_role(role.oid, 'USAGE')) AS ours,
       EXISTS (SELECT FROM pg_auth_members held JOIN pg_roles granter ON granter.oid = held.member
               WHERE held.roleid = role.oid AND granter.rolname = $2 AND held.admin_option) AS grantable,
       membership.*,
       (SELECT array_agg(fingerprint) FROM pgscim.refusal WHERE subject = coalesce(own.subject, 'access/' || role.rolname)) AS refusals
FROM pgscim.roles role
     JOIN pg_roles me ON me.rolname = current_user
     LEFT JOIN pgscim.managed_role own ON own.role_oid = role.oid AND own.user_id IS NULL
     LEFT JOIN LATERAL (SELECT * FROM pgscim.memberships WHERE member = role.oid OFFSET 0) membership ON true
WHERE role.rolname = ANY ($1::name[])
   OR own.role_oid IS NOT NULL
ORDER BY own.role_oid IS NOT NULL -- where two claim a name, the managed one comes last and counts
