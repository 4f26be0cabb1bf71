-- Which of these users are news?
INSERT INTO pgscim.ledger_user AS known (user_id, version, deleted, state)
SELECT * FROM unnest($1::text[], $2::bigint[], $3::boolean[], $4::text[])
ON CONFLICT (user_id) DO UPDATE
  SET version = excluded.version, deleted = excluded.deleted, state = excluded.state
  WHERE known.version < excluded.version
RETURNING user_id
