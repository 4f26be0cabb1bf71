-- Of which of these revocations is what was taken away gone?
SELECT revocation.id
FROM pgscim.revocation
     LEFT JOIN pg_roles role ON role.oid = revocation.role_oid
WHERE revocation.id = ANY ($1::bigint[])
  AND (NOT revocation.login_lost OR role.oid IS NULL OR NOT role.rolcanlogin)
  AND NOT EXISTS (SELECT FROM pg_auth_members held JOIN pg_roles access ON access.oid = held.roleid
                  WHERE held.member = revocation.role_oid
                    AND (revocation.login_lost OR access.rolname = ANY (revocation.roles_lost)))
