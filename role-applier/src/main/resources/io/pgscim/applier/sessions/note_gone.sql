-- Of these revocations no session that must end is left at this place.
INSERT INTO pgscim.revocation_place AS known (revocation, place, arrived, pids, gone_at)
SELECT revocation.id, $1, true, '{}', now() FROM pgscim.revocation WHERE revocation.id = ANY ($2::bigint[])
ON CONFLICT (revocation, place) DO UPDATE SET arrived = true, gone_at = now()
