-- Which users have this access role, directly or through another?
WITH RECURSIVE member AS (
  SELECT held.member FROM pg_auth_members held JOIN pg_roles role ON role.oid = held.roleid WHERE role.rolname = $1
  UNION
  SELECT held.member FROM pg_auth_members held JOIN member ON held.roleid = member.member
)
SELECT managed.user_id FROM member JOIN pgscim.managed_role managed ON managed.role_oid = member.member
WHERE managed.user_id IS NOT NULL
