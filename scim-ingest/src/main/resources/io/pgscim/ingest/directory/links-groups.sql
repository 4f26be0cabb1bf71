-- The groups of user r, each with its name: those that it is in, and others that these are nested in, however deep.
SELECT direct.*, nested.*
FROM (
  SELECT array_agg(g.id ORDER BY g.id) AS ids, array_agg(g.document ->> 'displayName' ORDER BY g.id) AS displays
  FROM scim.member m JOIN scim.resource g ON g.id = m.group_id
  WHERE m.user_id = r.id
) direct, (
  WITH RECURSIVE above (id) AS (
    SELECT n.parent_id FROM scim.member m JOIN scim.nesting n ON n.child_id = m.group_id WHERE m.user_id = r.id
    UNION
    SELECT n.parent_id FROM above a JOIN scim.nesting n ON n.child_id = a.id
  )
  SELECT array_agg(g.id ORDER BY g.id) AS nested_ids, array_agg(g.document ->> 'displayName' ORDER BY g.id) AS nested_displays
  FROM above a JOIN scim.resource g ON g.id = a.id
  WHERE NOT EXISTS (SELECT FROM scim.member m WHERE m.user_id = r.id AND m.group_id = a.id)
) nested
