-- Deletes resource $1 with its memberships on both sides; a group that loses it as a member gets a new version at $2.
WITH left_groups AS (
  DELETE FROM scim.member WHERE user_id = $1 RETURNING group_id
), lost_members AS (
  DELETE FROM scim.member WHERE group_id = $1 RETURNING user_id
), raised AS (
  UPDATE scim.resource g SET version = g.version + 1, modified = $2
  FROM left_groups l WHERE g.id = l.group_id
  RETURNING g.id, g.version
), deleted AS (
  DELETE FROM scim.resource WHERE id = $1 RETURNING version
)
SELECT 'left' AS what, id AS other, version FROM raised
UNION ALL SELECT 'lost', user_id, NULL FROM lost_members
UNION ALL SELECT 'deleted', $1, version FROM deleted
