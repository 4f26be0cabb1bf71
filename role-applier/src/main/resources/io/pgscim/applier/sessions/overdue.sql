-- Which revocations have waited so long for their proof, and which of these places keep them waiting?
SELECT revocation.id, revocation.role_name, revocation.user_id, revocation.unproven,
       revocation.txn, revocation.actor, revocation.requested_at, revocation.traceparent,
       asked.place, coalesce(cardinality(here.pids) > 0, false) AS sessions
FROM pgscim.revocation
     CROSS JOIN unnest($2::text[]) WITH ORDINALITY asked (place, n)
     LEFT JOIN pgscim.revocation_place here ON here.revocation = revocation.id AND here.place = asked.place
WHERE revocation.proven_at IS NULL AND revocation.noted_at < now() - make_interval(secs => $1)
  AND here.gone_at IS NULL
ORDER BY revocation.id, asked.n
LIMIT 1000
