-- Whose sessions have to end that did not have to before?
INSERT INTO pgscim.ledger_sessions_revoked AS known (user_id, version)
SELECT * FROM unnest($1::text[], $2::bigint[])
ON CONFLICT (user_id) DO UPDATE SET version = excluded.version WHERE known.version < excluded.version
RETURNING user_id
