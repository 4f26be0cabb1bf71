-- Of what was taken away, what is gone on this server, and which sessions does the role have here? The catalogs are read
-- as of the beginning of the statement, sessions after that: who logs in behind this already comes without the access.
WITH session AS MATERIALIZED (
  SELECT usesysid, pid FROM pg_stat_activity WHERE usesysid = ANY ($2::bigint[]::oid[])
)
SELECT asked.id,
       (NOT asked.login_lost OR role.oid IS NULL OR NOT role.rolcanlogin)
         AND NOT EXISTS (SELECT FROM pg_auth_members held JOIN pg_roles access ON access.oid = held.roleid
                         WHERE held.member = asked.role_oid::oid
                           AND (asked.login_lost OR asked.roles_lost::jsonb ? access.rolname::text)) AS gone,
       ARRAY(SELECT access.rolname::text
             FROM jsonb_array_elements_text(asked.roles_lost::jsonb) lost JOIN pg_roles access ON access.rolname = lost
             WHERE role.oid IS NOT NULL AND pg_has_role(role.oid, access.oid, 'MEMBER') ORDER BY 1) AS through_others,
       ARRAY(SELECT pid FROM session WHERE session.usesysid = asked.role_oid::oid) AS pids
FROM unnest($1::bigint[], $2::bigint[], $3::boolean[], $4::text[]) asked (id, role_oid, login_lost, roles_lost)
     LEFT JOIN pg_roles role ON role.oid = asked.role_oid::oid
