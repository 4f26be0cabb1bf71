-- Which revocations are seen through at each of these places?
SELECT revocation.id, revocation.role_oid::bigint AS role_oid, revocation.role_name, revocation.user_id,
       revocation.login_lost AND NOT coalesce(role.rolcanlogin, false) AS nobody_may,
       revocation.login_lost, revocation.roles_lost, revocation.reason,
       revocation.txn, revocation.actor, revocation.requested_at, revocation.traceparent,
       revocation.proven_at IS NOT NULL AS proven,
       (SELECT jsonb_object_agg(place, pids) FROM pgscim.revocation_place
        WHERE revocation_place.revocation = revocation.id AND pids <> '{}')::text AS ended
FROM pgscim.revocation
     LEFT JOIN pg_roles role ON role.oid = revocation.role_oid
WHERE NOT EXISTS (
        SELECT FROM unnest($1::text[]) asked (place)
        WHERE NOT EXISTS (SELECT FROM pgscim.revocation_place done
                          WHERE done.revocation = revocation.id AND done.place = asked.place AND done.gone_at IS NOT NULL))
ORDER BY revocation.id
LIMIT 1000
