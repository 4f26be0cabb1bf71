-- Locks the groups that user $1 is in, in the order that every such lock keeps.
SELECT g.id FROM scim.member m JOIN scim.resource g ON g.id = m.group_id
WHERE m.user_id = $1
ORDER BY g.id
FOR NO KEY UPDATE OF g
