-- What does this hold withhold, after this user?
SELECT withheld.*, hold.state FROM pgscim.withheld JOIN pgscim.hold ON hold.id = withheld.hold
WHERE withheld.hold = $1 AND user_id > $2 ORDER BY user_id LIMIT $3
