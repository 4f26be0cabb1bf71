-- This is withheld, and not judged yet.
INSERT INTO pgscim.withheld AS known (user_id, role, changes, txn, actor, requested_at, traceparent)
SELECT user_id, role, changes::jsonb, txn, actor, requested_at, traceparent
FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::text[])
     note (user_id, role, changes, txn, actor, requested_at, traceparent)
ON CONFLICT (user_id) DO UPDATE
  SET hold = NULL, role = excluded.role, changes = excluded.changes, txn = excluded.txn, actor = excluded.actor,
      requested_at = excluded.requested_at, traceparent = excluded.traceparent, since = now()
