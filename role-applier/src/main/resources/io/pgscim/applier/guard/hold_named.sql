-- The hold of this digest; the newest of several.
SELECT * FROM pgscim.hold WHERE digest = $1 ORDER BY id DESC LIMIT 1
