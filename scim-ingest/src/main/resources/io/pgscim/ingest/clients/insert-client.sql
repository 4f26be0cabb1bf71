INSERT INTO scim.client (id, source, name, me, created, created_by)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (source, name) WHERE deleted IS NULL DO NOTHING
RETURNING id
