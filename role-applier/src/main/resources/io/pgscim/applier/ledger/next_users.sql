-- The users after this one.
SELECT user_id FROM pgscim.ledger_user WHERE user_id > $1 ORDER BY user_id LIMIT $2
