-- The request that waits longest.
SELECT txn, source, source_path, tolerance, actor, arrived, traceparent, base_url, method, path, if_match, if_none_match,
       body
FROM scim.deferred WHERE completed IS NULL
ORDER BY position LIMIT 1
