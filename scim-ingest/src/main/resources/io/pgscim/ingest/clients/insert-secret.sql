INSERT INTO scim.secret (id, client, kind, hash, created, created_by, expires)
VALUES ($1, $2, $3, $4, $5, $6, $7)
