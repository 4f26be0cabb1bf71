-- Which of these unreadable records were not set aside before?
INSERT INTO pgscim.ledger_dead_letter (digest) SELECT * FROM unnest($1::text[])
ON CONFLICT DO NOTHING
RETURNING digest
