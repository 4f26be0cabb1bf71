-- Which of these unreadable records were not set aside before?
INSERT INTO pgscim.ledger_dead_letter (topic, partition, position, digest)
SELECT * FROM unnest($1::text[], $2::int[], $3::bigint[], $4::text[])
ON CONFLICT DO NOTHING
RETURNING partition, position
