-- A resource as its changed schema has it indexed.
UPDATE scim.resource SET name = ?, name_unique = ?, comparable = ?::jsonb WHERE id = ?
