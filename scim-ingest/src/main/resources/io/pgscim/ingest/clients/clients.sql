-- Clients of a source, all of them or the one with that name.
SELECT id, source, name, me, created, created_by
FROM scim.client
WHERE source = $1 AND deleted IS NULL AND ($2::text IS NULL OR name = $2)
ORDER BY name
