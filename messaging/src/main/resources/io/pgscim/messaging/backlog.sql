-- Never looks at more than 10,000 rows. Up to there the number is exact; beyond, it is the span of positions, which is
-- too high by what was rolled back.
SELECT CASE WHEN counted.rows < 10000 THEN counted.rows
            ELSE (SELECT max(position) FROM {outbox}) - oldest.position + 1 END AS rows,
       coalesce(extract(epoch FROM clock_timestamp() - oldest.created_at), 0)::float8 AS age
FROM (SELECT count(*) AS rows FROM (SELECT FROM {outbox} LIMIT 10000) AS few) AS counted
     LEFT JOIN (SELECT position, created_at FROM {outbox} ORDER BY position LIMIT 1) AS oldest ON true
