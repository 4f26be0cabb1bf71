-- The members of group r, each with its name: users, and groups nested in it.
SELECT direct.*, nested.*
FROM (
  SELECT array_agg(u.id ORDER BY u.id) AS ids,
         array_agg(coalesce(u.document ->> 'displayName', u.document ->> 'userName') ORDER BY u.id) AS displays
  FROM scim.member m JOIN scim.resource u ON u.id = m.user_id
  WHERE m.group_id = r.id
) direct, (
  SELECT array_agg(g.id ORDER BY g.id) AS nested_ids, array_agg(g.document ->> 'displayName' ORDER BY g.id) AS nested_displays
  FROM scim.nesting n JOIN scim.resource g ON g.id = n.child_id
  WHERE n.parent_id = r.id
) nested
