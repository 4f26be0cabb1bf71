-- Who is a member of what, as filters see it: what an answer shows.
SELECT group_id, user_id AS id, 'user'::text AS type FROM scim.member
UNION ALL
SELECT parent_id, child_id, 'group'::text FROM scim.nesting
