-- Which of these memberships are news? Somebody joined when the membership became present, be it that leaving and coming
-- back arrived together: $8 is the version at which it was absent. What changes about it later is no new joining.
WITH news AS (
  SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::boolean[], $5::timestamptz[], $6::timestamptz[],
                       $7::timestamptz[], $8::bigint[])
         news (group_id, user_id, version, present, valid_from, valid_until, requested_at, absent_at)
)
INSERT INTO pgscim.ledger_membership AS known
  (group_id, user_id, version, present, valid_from, valid_until, joined_at)
SELECT group_id, user_id, news.version, news.present, news.valid_from, news.valid_until,
       CASE WHEN NOT news.present THEN NULL
            WHEN before.present AND before.joined_at IS NOT NULL AND news.absent_at <= before.version THEN before.joined_at
            ELSE least(news.requested_at, now()) END
FROM news LEFT JOIN pgscim.ledger_membership before USING (group_id, user_id)
ON CONFLICT (group_id, user_id) DO UPDATE
  SET version = excluded.version, present = excluded.present,
      valid_from = excluded.valid_from, valid_until = excluded.valid_until, joined_at = excluded.joined_at
  WHERE known.version < excluded.version
RETURNING group_id, user_id
