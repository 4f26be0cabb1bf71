-- Deletes resource $1 with its memberships on both sides; a group that loses it as a member gets a new version at $2.
-- Answers also whether groups above were concerned, or groups in it: then this is not the whole deletion.
WITH left_groups AS (
  DELETE FROM scim.member WHERE user_id = $1 RETURNING group_id
), lost_members AS (
  DELETE FROM scim.member WHERE group_id = $1 RETURNING user_id
), nested AS (
  DELETE FROM scim.nesting WHERE child_id = $1 OR parent_id = $1 RETURNING parent_id, child_id
), raised AS (
  UPDATE scim.resource g SET version = g.version + 1, modified = $2
  FROM (SELECT group_id FROM left_groups UNION ALL SELECT parent_id FROM nested WHERE child_id = $1) l
  WHERE g.id = l.group_id
  RETURNING g.id, g.version
), deleted AS (
  DELETE FROM scim.resource WHERE id = $1 RETURNING version
)
SELECT 'left' AS what, id AS other, version FROM raised
UNION ALL SELECT 'lost', user_id, NULL FROM lost_members
UNION ALL SELECT 'deleted', $1, version FROM deleted
UNION ALL SELECT 'nested', $1, NULL
WHERE EXISTS (SELECT FROM nested)
   OR EXISTS (SELECT FROM left_groups l JOIN scim.nesting n ON n.child_id = l.group_id)
