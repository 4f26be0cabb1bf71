-- What clients may prove themselves with, and what they could until lately; nothing when nothing changed since $1.
SELECT v.value AS version, k.*
FROM scim.client_version v
LEFT JOIN LATERAL (
  SELECT s.hash, s.kind, s.expires, s.ends, s.id AS secret, c.source, c.name, c.me
  FROM scim.secret s
  JOIN scim.client c ON c.id = s.client
  WHERE coalesce(least(s.expires, s.ends), 'infinity') > now() - interval '30 days'
  UNION ALL
  SELECT a.hash, 'access', a.expires, least(s.expires, s.ends), s.id, c.source, c.name, c.me
  FROM scim.access_token a
  JOIN scim.secret s ON s.id = a.secret
  JOIN scim.client c ON c.id = s.client
  WHERE a.expires > now() - interval '1 day'
) k ON true
WHERE v.value <> $1
