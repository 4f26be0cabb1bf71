-- How many people may log in and have an access role?
SELECT count(*)::int AS holders
FROM pgscim.managed_role person JOIN pg_roles role ON role.oid = person.role_oid
WHERE person.user_id IS NOT NULL AND role.rolcanlogin
  AND EXISTS (SELECT FROM pg_auth_members held JOIN pgscim.managed_role access ON access.role_oid = held.roleid
              WHERE held.member = role.oid AND access.user_id IS NULL)
