-- Unique values $16 and $17 of the new resource; stands before its insert, whose parameters these follow.
INSERT INTO scim.unique_value (attribute, value, source, type, resource_id)
SELECT c.attribute, c.value, $8, $9, $7 FROM unnest($16::text[], $17::text[]) AS c (attribute, value)
