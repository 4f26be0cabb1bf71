-- Takes in a request, unless source $2 has $14 waiting already or the bodies of these would have more than $15 bytes.
INSERT INTO scim.deferred
  (txn, source, source_path, tolerance, actor, arrived, traceparent, base_url, method, path, if_match, if_none_match, body)
SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13
FROM (
  SELECT count(*) AS requests, coalesce(sum(octet_length(body)), 0) AS bytes
  FROM scim.deferred WHERE completed IS NULL AND source = $2
) waiting
WHERE waiting.requests < $14::int AND waiting.bytes + coalesce(octet_length($13::text), 0) <= $15::bigint
