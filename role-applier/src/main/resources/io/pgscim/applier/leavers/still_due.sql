-- Is this still a disabled role of pgscim's? Nobody else decides about it meanwhile.
SELECT managed.role_oid FROM pgscim.managed_role managed
     LEFT JOIN pg_roles role ON role.oid = managed.role_oid
WHERE managed.subject = $1 AND managed.role_oid = $2::bigint::oid AND managed.state = 'disabled'
  AND NOT coalesce(role.rolcanlogin, false)
FOR UPDATE OF managed
