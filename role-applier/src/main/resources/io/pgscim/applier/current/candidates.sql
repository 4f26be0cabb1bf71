-- What are these roles, which are to become those of these users? One that is gone is in no row.
SELECT asked.user_id, role.rolname::text AS name, role.rolcanlogin AS can_login, role.rolconnlimit AS connection_limit,
       role.attributes,
       role.rolsuper AS superuser,
       role.provider,
       EXISTS (SELECT FROM pgscim.managed_role other WHERE other.role_oid = role.oid) AS taken,
       pg_has_role(role.oid, 'MEMBER WITH ADMIN OPTION') AS administered,
       role.rolname = current_user OR (NOT me.rolsuper AND pg_has_role(role.oid, 'USAGE')) AS ours,
       membership.*
FROM unnest($1::text[], $2::text[]) asked (user_id, name)
     JOIN pgscim.roles role ON role.rolname = asked.name
     JOIN pg_roles me ON me.rolname = current_user
     LEFT JOIN LATERAL (SELECT * FROM pgscim.memberships WHERE member = role.oid OFFSET 0) membership ON true
