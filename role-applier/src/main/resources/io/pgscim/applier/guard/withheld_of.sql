-- What is withheld from these users' plans?
SELECT withheld.*, hold.state FROM pgscim.withheld LEFT JOIN pgscim.hold ON hold.id = withheld.hold
WHERE user_id = ANY ($1::text[])
