-- Makes the groups in group $1 what the delta says: $2 all that are not added go, $3 are added, $4 removed.
-- Answers with one row per group that really came or went; of $3, only groups of source $5 are looked at.
WITH gone AS (
  DELETE FROM scim.nesting n
  WHERE n.parent_id = $1
    AND ($2::boolean AND NOT EXISTS (SELECT FROM unnest($3::uuid[]) AS k (id) WHERE k.id = n.child_id)
         OR n.child_id = ANY ($4::uuid[]))
  RETURNING n.child_id
), come AS (
  INSERT INTO scim.nesting (parent_id, child_id)
  SELECT $1, r.id
  FROM unnest($3::uuid[]) AS w (id)
  JOIN scim.resource r ON r.id = w.id AND r.source = $5 AND r.type = 'Group'
  ON CONFLICT DO NOTHING
  RETURNING child_id
)
SELECT child_id AS id, 'gone' AS what FROM gone
UNION ALL SELECT child_id, 'come' FROM come
