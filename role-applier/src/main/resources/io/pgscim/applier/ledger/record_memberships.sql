-- Which of these memberships are news? What comes is every state, not just the latest: somebody joined with the first of
-- those that say so without one in between that says the opposite, be it that all of them arrived together. What changes
-- about a membership later is no new joining.
WITH told AS (
  SELECT told.*, coalesce(before.version, 0) AS known,
         CASE WHEN before.present THEN before.joined_at END AS joined_before,
         coalesce(max(told.version) FILTER (WHERE NOT told.present) OVER (PARTITION BY group_id, user_id), 0) AS absent_at
  FROM unnest($1::text[], $2::text[], $3::bigint[], $4::boolean[], $5::timestamptz[], $6::timestamptz[], $7::timestamptz[])
         told (group_id, user_id, version, present, valid_from, valid_until, requested_at)
       LEFT JOIN pgscim.ledger_membership before USING (group_id, user_id)
), latest AS (
  SELECT DISTINCT ON (group_id, user_id) * FROM told ORDER BY group_id, user_id, version DESC
), joined AS (
  SELECT DISTINCT ON (group_id, user_id) group_id, user_id, requested_at
  FROM told WHERE version > greatest(known, absent_at) ORDER BY group_id, user_id, version
)
INSERT INTO pgscim.ledger_membership AS known
  (group_id, user_id, version, present, valid_from, valid_until, joined_at)
SELECT group_id, user_id, version, present, valid_from, valid_until,
       CASE WHEN NOT present THEN NULL
            WHEN joined_before IS NOT NULL AND absent_at <= latest.known THEN joined_before
            ELSE least(joined.requested_at, now()) END
FROM latest LEFT JOIN joined USING (group_id, user_id)
WHERE version > latest.known
ON CONFLICT (group_id, user_id) DO UPDATE
  SET version = excluded.version, present = excluded.present,
      valid_from = excluded.valid_from, valid_until = excluded.valid_until, joined_at = excluded.joined_at
  WHERE known.version < excluded.version
RETURNING group_id, user_id
