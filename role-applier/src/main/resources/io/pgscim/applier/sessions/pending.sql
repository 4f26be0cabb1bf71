-- What has to be proven, and what was proven so long ago that a login then under way would show by now?
SELECT revocation.id, revocation.role_oid::bigint AS role_oid, revocation.role_name, revocation.user_id,
       revocation.login_lost AND NOT coalesce(role.rolcanlogin, false) AS nobody_may,
       revocation.login_lost, revocation.roles_lost, revocation.reason, revocation.pids,
       revocation.txn, revocation.actor, revocation.requested_at, revocation.traceparent,
       revocation.proven_at IS NOT NULL AS proven
FROM pgscim.revocation
     LEFT JOIN pg_roles role ON role.oid = revocation.role_oid
WHERE revocation.proven_at IS NULL OR revocation.proven_at < now() - make_interval(secs => $1)
ORDER BY revocation.id
LIMIT 1000
