-- Which groups a user has, as filters see it: what an answer shows.
SELECT user_id, group_id, CASE WHEN direct THEN 'direct' ELSE 'indirect' END AS type FROM scim.effective_member
