-- Which of these memberships are news?
INSERT INTO pgscim.ledger_membership AS known (group_id, user_id, version, present, valid_from, valid_until)
SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::boolean[], $5::timestamptz[], $6::timestamptz[])
ON CONFLICT (group_id, user_id) DO UPDATE
  SET version = excluded.version, present = excluded.present,
      valid_from = excluded.valid_from, valid_until = excluded.valid_until
  WHERE known.version < excluded.version
RETURNING group_id, user_id
