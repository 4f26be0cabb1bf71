-- Makes the users in group $1 what the delta says: $2 everybody who is not added goes, $3 are added, $4 removed.
-- Answers with one row per user who really came or went, one per added id that is neither user nor group of source $5,
-- and one if the group is in a group, has groups in it, or gets one: then this is not the whole change.
-- OFFSET 0: each id is found by its index. Joined, a directory that fills faster than its statistics follow would be read
-- whole for every hundred members.
WITH wanted AS (
  SELECT w.id, r.type
  FROM unnest($3::uuid[]) AS w (id)
  LEFT JOIN LATERAL (
    SELECT type FROM scim.resource WHERE id = w.id AND source = $5 AND type IN ('User', 'Group') OFFSET 0) r ON true
), cleared AS (
  DELETE FROM scim.member m
  WHERE $2::boolean AND m.group_id = $1 AND NOT EXISTS (SELECT FROM unnest($3::uuid[]) AS k (id) WHERE k.id = m.user_id)
  RETURNING m.user_id
), removed AS (
  DELETE FROM scim.member m
  WHERE m.group_id = $1 AND m.user_id = ANY ($4::uuid[])
  RETURNING m.user_id
), added AS (
  INSERT INTO scim.member (group_id, user_id)
  SELECT $1, id FROM wanted WHERE type = 'User'
  ON CONFLICT DO NOTHING
  RETURNING user_id
)
SELECT user_id AS id, 'gone' AS what FROM cleared
UNION ALL SELECT user_id, 'gone' FROM removed
UNION ALL SELECT user_id, 'come' FROM added
UNION ALL SELECT id, 'stranger' FROM wanted WHERE type IS NULL
UNION ALL SELECT $1, 'nested'
WHERE EXISTS (SELECT FROM scim.nesting WHERE child_id = $1)
   OR EXISTS (SELECT FROM scim.nesting WHERE parent_id = $1)
   OR EXISTS (SELECT FROM wanted WHERE type = 'Group')
