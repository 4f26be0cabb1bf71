-- The members of group r, each with its name.
SELECT array_agg(u.id ORDER BY u.id) AS ids,
       array_agg(coalesce(u.document ->> 'displayName', u.document ->> 'userName') ORDER BY u.id) AS displays
FROM scim.member m JOIN scim.resource u ON u.id = m.user_id
WHERE m.group_id = r.id
