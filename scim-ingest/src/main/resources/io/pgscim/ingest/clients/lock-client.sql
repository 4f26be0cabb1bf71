-- While a client's secrets are changed nobody else changes them.
SELECT id, source, name, me, created, created_by
FROM scim.client
WHERE source = $1 AND name = $2 AND deleted IS NULL
FOR UPDATE
