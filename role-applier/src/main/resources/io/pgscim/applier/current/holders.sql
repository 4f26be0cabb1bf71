-- Who has these role names now?
SELECT role.rolname::text AS name, own.subject, own.user_id, coalesce(known.deleted, false) AS gone
FROM pg_roles role
     LEFT JOIN pgscim.managed_role own ON own.role_oid = role.oid
     LEFT JOIN pgscim.ledger_user known USING (user_id)
WHERE role.rolname = ANY ($1::name[])
