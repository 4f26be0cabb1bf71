-- Which groups a user has, as filters see it: what an answer shows. A group that is above in several ways comes several
-- times, which nothing that looks for one asks about.
SELECT user_id, group_id, 'direct'::text AS type FROM scim.member
UNION ALL
SELECT m.user_id, a.above_id, 'indirect'::text
FROM scim.group_above a JOIN scim.member m ON m.group_id = a.group_id
WHERE NOT EXISTS (SELECT FROM scim.member d WHERE d.group_id = a.above_id AND d.user_id = m.user_id)
