-- The next version of the locked groups $1, at $2.
UPDATE scim.resource SET version = version + 1, modified = $2 WHERE id = ANY ($1::uuid[])
