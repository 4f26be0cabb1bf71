-- The groups of user r, each with its name.
SELECT array_agg(g.id ORDER BY g.id) AS ids, array_agg(g.document ->> 'displayName' ORDER BY g.id) AS displays
FROM scim.member m JOIN scim.resource g ON g.id = m.group_id
WHERE m.user_id = r.id
