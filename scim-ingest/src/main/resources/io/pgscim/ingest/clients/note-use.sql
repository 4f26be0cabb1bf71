UPDATE scim.secret s SET last_used = greatest(s.last_used, u.at)
FROM unnest($1::uuid[], $2::timestamptz[]) AS u (id, at)
WHERE s.id = u.id
