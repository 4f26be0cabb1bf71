-- These sessions are about to be ended.
UPDATE pgscim.revocation
SET pids = ARRAY(SELECT DISTINCT pid FROM unnest(coalesce(revocation.pids, '{}') || ARRAY(
      SELECT found.pid FROM unnest($1::bigint[], $2::int[]) found (id, pid) WHERE found.id = revocation.id)) pid)
WHERE revocation.id = ANY ($1::bigint[])
