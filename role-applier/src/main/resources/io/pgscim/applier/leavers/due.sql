-- Whose roles have been disabled for so long ($1), and have no session left anywhere that is known of? Without these
-- ($2), and so many at most ($3).
SELECT managed.user_id, managed.role_oid::bigint AS role_oid, coalesce(role.rolname, managed.role_name)::text AS role,
       role.oid IS NULL AS gone
FROM pgscim.managed_role managed
     LEFT JOIN pg_roles role ON role.oid = managed.role_oid
WHERE managed.state = 'disabled' AND managed.user_id IS NOT NULL
  AND managed.since <= now() - make_interval(secs => $1)
  AND managed.user_id <> ALL ($2::text[])
  AND NOT coalesce(role.rolcanlogin, false)
  AND NOT EXISTS (SELECT FROM pgscim.revocation WHERE revocation.role_oid = managed.role_oid AND proven_at IS NULL)
  AND NOT EXISTS (SELECT FROM pg_stat_activity WHERE usesysid = managed.role_oid)
ORDER BY managed.since
LIMIT $3
