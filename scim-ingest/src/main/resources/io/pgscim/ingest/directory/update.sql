-- A new version of a locked resource; the parameters follow the six of the outbox insert that stands before it.
UPDATE scim.resource
SET version = $8, modified = $9, name = $10, external_id = $11, document = $12::text::jsonb, comparable = $13::text::jsonb
WHERE id = $7
