-- A new version of a locked group whose members changed but whose document did not.
UPDATE scim.resource SET version = $8, modified = $9 WHERE id = $7
