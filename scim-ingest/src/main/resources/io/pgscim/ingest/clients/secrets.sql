SELECT id, kind, created, created_by, expires, ends, last_used
FROM scim.secret
WHERE client = $1
ORDER BY created, id
