-- Resource $1 gives up the unique values $2 and $3, and takes $4 and $5 of source $6 and type $7. None is in both.
WITH given_up AS (
  DELETE FROM scim.unique_value u
  USING unnest($2::text[], $3::text[]) AS g (attribute, value)
  WHERE u.resource_id = $1 AND u.attribute = g.attribute AND u.value = g.value
)
INSERT INTO scim.unique_value (attribute, value, source, type, resource_id)
SELECT t.attribute, t.value, $6, $7, $1 FROM unnest($4::text[], $5::text[]) AS t (attribute, value)
