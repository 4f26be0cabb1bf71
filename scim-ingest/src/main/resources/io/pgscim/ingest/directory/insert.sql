-- A new resource; the parameters follow the six of the outbox insert that stands before it.
INSERT INTO scim.resource
  (id, source, type, version, created, modified, name, name_unique, external_id, document, comparable)
VALUES ($7, $8, $9, 1, $10, $10, $11, $12, $13, $14::text::jsonb, $15::text::jsonb)
