-- Takes the secrets whose expiry is to be announced today; whoever comes second finds none.
UPDATE scim.secret s SET warned = $1
FROM scim.client c
WHERE c.id = s.client AND c.deleted IS NULL
  AND s.ends IS NULL AND s.expires > $1 AND s.expires <= $2
  AND (s.warned IS NULL OR s.warned <= $1 - interval '1 day')
RETURNING s.id, s.kind, s.expires, c.source, c.name
