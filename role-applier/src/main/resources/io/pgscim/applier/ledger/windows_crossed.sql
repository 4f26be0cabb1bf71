-- Whose membership began or ended between these two moments?
SELECT user_id FROM pgscim.ledger_membership WHERE present AND valid_until > $1 AND valid_until <= $2
UNION
SELECT user_id FROM pgscim.ledger_membership WHERE present AND valid_from > $1 AND valid_from <= $2
ORDER BY user_id
