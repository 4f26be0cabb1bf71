-- The next rows in order: at most 1024, and no more than fit into 8 MB, but one at least.
SELECT position, id, aggregatetype, aggregateid, type, headers, payload, waited
FROM (SELECT *,
             extract(epoch FROM clock_timestamp() - created_at)::float8 AS waited, -- seconds
             sum(octet_length(payload)) OVER (ORDER BY position) - octet_length(payload) AS before
      FROM (SELECT * FROM {outbox} ORDER BY position LIMIT 1024) AS first) AS next
WHERE before < 8388608
ORDER BY position
