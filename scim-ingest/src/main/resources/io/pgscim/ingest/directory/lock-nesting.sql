-- Locks what a change of the members of group $1, or the deletion of group or user $1, reaches: the group or the groups
-- that the user is in, all groups above, and those of $2 that are groups; in the order that every such lock keeps.
WITH RECURSIVE above (id) AS (
  (SELECT $1::uuid UNION ALL SELECT group_id FROM scim.member WHERE user_id = $1)
  UNION
  SELECT n.parent_id FROM above a JOIN scim.nesting n ON n.child_id = a.id
), reached AS (
  SELECT id, true AS above FROM above
  UNION ALL
  SELECT w.id, false FROM unnest($2::uuid[]) AS w (id) WHERE NOT EXISTS (SELECT FROM above a WHERE a.id = w.id)
)
SELECT r.id, r.type, r.version, r.created, r.modified, r.document::text AS document, w.above
FROM reached w JOIN scim.resource r ON r.id = w.id
WHERE r.type <> 'User'
ORDER BY r.id
FOR NO KEY UPDATE OF r
