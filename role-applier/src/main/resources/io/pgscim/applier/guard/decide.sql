-- This hold is over.
UPDATE pgscim.hold SET state = $2, decided_by = $3, decided_at = now(), reason = $4 WHERE id = $1
