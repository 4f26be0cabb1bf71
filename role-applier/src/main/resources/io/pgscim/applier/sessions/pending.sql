-- Whose sessions have to be looked for at this place? What was proven so long ago that a login then under way would
-- show by now is looked at once more.
SELECT revocation.id, revocation.role_oid::bigint AS role_oid, revocation.login_lost, revocation.roles_lost,
       revocation.login_lost AND NOT coalesce(role.rolcanlogin, false) AS nobody_may,
       revocation.proven_at IS NOT NULL AS proven,
       coalesce(place.arrived, false) AS arrived,
       coalesce(place.pids, '{}') AS told
FROM pgscim.revocation
     LEFT JOIN pg_roles role ON role.oid = revocation.role_oid
     LEFT JOIN pgscim.revocation_place place ON place.revocation = revocation.id AND place.place = $2
WHERE (revocation.proven_at IS NULL OR revocation.proven_at < now() - make_interval(secs => $1))
  AND place.gone_at IS NULL
ORDER BY revocation.id
LIMIT 1000
