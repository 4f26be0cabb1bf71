-- Who is in any of these groups?
SELECT DISTINCT user_id FROM pgscim.ledger_membership WHERE group_id = ANY ($1::text[]) AND present ORDER BY user_id
