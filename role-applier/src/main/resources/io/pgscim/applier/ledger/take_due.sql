-- Who has to be looked at by now? Whoever is given out here has to be looked at in the same transaction.
DELETE FROM pgscim.agenda
WHERE user_id IN (SELECT user_id FROM pgscim.agenda WHERE at <= $1 ORDER BY at LIMIT $2)
RETURNING user_id
