-- Which of these groups are news, and of which does the news concern the members? A group's version rises with each
-- change of its members; only its names and its end matter to those who did not change.
WITH before AS (
  SELECT group_id, deleted, display_name, external_id FROM pgscim.ledger_group WHERE group_id = ANY ($1::text[])
), news AS (
  INSERT INTO pgscim.ledger_group AS known (group_id, version, deleted, display_name, external_id)
  SELECT * FROM unnest($1::text[], $2::bigint[], $3::boolean[], $4::text[], $5::text[])
  ON CONFLICT (group_id) DO UPDATE
    SET version = excluded.version, deleted = excluded.deleted, display_name = excluded.display_name,
        external_id = excluded.external_id
    WHERE known.version < excluded.version
  RETURNING group_id, deleted, display_name, external_id
)
SELECT news.group_id
FROM news LEFT JOIN before USING (group_id)
WHERE before.group_id IS NULL
   OR (before.deleted, before.display_name, before.external_id)
      IS DISTINCT FROM (news.deleted, news.display_name, news.external_id)
