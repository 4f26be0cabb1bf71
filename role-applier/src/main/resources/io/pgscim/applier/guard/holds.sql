-- The holds, those that stand first, the newest of each first.
SELECT * FROM pgscim.hold ORDER BY state <> 'held', id DESC LIMIT $1
