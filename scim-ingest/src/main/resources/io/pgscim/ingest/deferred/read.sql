-- The completion events of request $1 of source $2, with whether it is done.
SELECT d.path, d.completed IS NOT NULL AS done, c.operation, c.event
FROM scim.deferred d LEFT JOIN scim.completion c ON c.txn = d.txn AND c.event IS NOT NULL
WHERE d.txn = $1 AND d.source = $2
ORDER BY c.operation
