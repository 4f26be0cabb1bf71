-- Makes the members of group $1 what the delta says: $2 everybody who is not added goes, $3 are added, $4 removed.
-- Answers with one row per member that really changed, and one per added id that is no user of source $5.
WITH wanted AS (
  SELECT w.id, u.id AS known
  FROM unnest($3::uuid[]) AS w (id)
  LEFT JOIN scim.resource u ON u.id = w.id AND u.source = $5 AND u.type = 'User'
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
  SELECT $1, known FROM wanted WHERE known IS NOT NULL
  ON CONFLICT DO NOTHING
  RETURNING user_id
)
SELECT user_id, 'gone' AS what FROM cleared
UNION ALL SELECT user_id, 'gone' FROM removed
UNION ALL SELECT user_id, 'come' FROM added
UNION ALL SELECT id, 'stranger' FROM wanted WHERE known IS NULL
