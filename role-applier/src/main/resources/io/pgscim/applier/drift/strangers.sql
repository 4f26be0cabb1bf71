-- Which login roles of pgscim's are those of users whom the ledger does not know, so that nothing decides about them?
SELECT role.rolname::text AS role, own.user_id, role.rolcanlogin AS can_login
FROM pgscim.managed_role own
     JOIN pg_roles role ON role.oid = own.role_oid
WHERE own.user_id IS NOT NULL
  AND NOT EXISTS (SELECT FROM pgscim.ledger_user known WHERE known.user_id = own.user_id)
ORDER BY 1
