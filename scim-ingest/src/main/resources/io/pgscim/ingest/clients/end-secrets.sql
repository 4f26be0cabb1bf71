-- They end then, unless they end earlier.
UPDATE scim.secret SET ends = least(ends, $2) WHERE id = ANY ($1)
