-- Whose effective membership a change of the members of group $1 changed, asked after it: a row per group and user.
-- Users $3 came into $1 and $4 went, groups $5 came and $6 went; $2 are the groups above.
--
-- A way from a group above to $1 uses no member of $1. So who is new in $1 is new in every group above, and who left $1
-- left them too, but for the groups that have the user by a way around $1, which the change did not touch.
WITH RECURSIVE below (id) AS (
  SELECT child_id FROM scim.nesting WHERE parent_id = $1
  UNION
  SELECT n.child_id FROM below b JOIN scim.nesting n ON n.parent_id = b.id WHERE b.id <> $1
), below_before (id) AS (
  (SELECT child_id FROM scim.nesting WHERE parent_id = $1 AND child_id <> ALL ($5::uuid[])
   UNION ALL SELECT unnest($6::uuid[]))
  UNION
  SELECT n.child_id FROM below_before b JOIN scim.nesting n ON n.parent_id = b.id WHERE b.id <> $1
), joined_or_parted (id) AS (
  SELECT id FROM below b FULL JOIN below_before f USING (id) WHERE (b.id IS NULL OR f.id IS NULL) AND id <> $1
), candidate (user_id, came, went) AS (
  SELECT user_id, bool_or(came), bool_or(went)
  FROM (
    SELECT unnest($3::uuid[]), true, false
    UNION ALL SELECT unnest($4::uuid[]), false, true
    UNION ALL SELECT m.user_id, false, false FROM joined_or_parted g JOIN scim.member m ON m.group_id = g.id
  ) c (user_id, came, went)
  GROUP BY user_id
), direct (user_id, group_id) AS (
  SELECT c.user_id, m.group_id
  FROM candidate c
  -- OFFSET keeps this a look into the index per user: no plan may read all members because it expects many candidates.
  CROSS JOIN LATERAL (SELECT group_id FROM scim.member WHERE user_id = c.user_id OFFSET 0) m
), moved (user_id, present) AS (
  SELECT c.user_id, coalesce(bool_or(d.group_id = $1 OR b.id IS NOT NULL), false)
  FROM candidate c
  LEFT JOIN direct d ON d.user_id = c.user_id
  LEFT JOIN below b ON b.id = d.group_id
  LEFT JOIN below_before f ON f.id = d.group_id AND f.id <> $1
  GROUP BY c.user_id, c.came, c.went
  HAVING coalesce(bool_or(d.group_id = $1 OR b.id IS NOT NULL), false)
      <> (c.went OR coalesce(bool_or(d.group_id = $1 AND NOT c.came OR f.id IS NOT NULL), false))
), around (start_id, id) AS (
  SELECT DISTINCT d.group_id, d.group_id
  FROM direct d JOIN moved m ON m.user_id = d.user_id
  WHERE d.group_id <> $1 AND cardinality($2::uuid[]) > 0
  UNION
  SELECT a.start_id, n.parent_id FROM around a JOIN scim.nesting n ON n.child_id = a.id WHERE n.parent_id <> $1
), kept (user_id, group_id) AS (
  SELECT d.user_id, a.id
  FROM direct d
  JOIN around a ON a.start_id = d.group_id
  JOIN unnest($2::uuid[]) AS u (id) ON u.id = a.id
)
SELECT g.id AS group_id, m.user_id, m.present
FROM moved m
CROSS JOIN (SELECT $1::uuid UNION ALL SELECT unnest($2::uuid[])) AS g (id)
WHERE NOT EXISTS (SELECT FROM kept k WHERE k.user_id = m.user_id AND k.group_id = g.id)
