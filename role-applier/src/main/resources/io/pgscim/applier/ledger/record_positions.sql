-- Reading goes on here.
INSERT INTO pgscim.ledger_position AS known (topic, partition, next_offset)
SELECT $1::text, * FROM unnest($2::int[], $3::bigint[])
ON CONFLICT (topic, partition) DO UPDATE SET next_offset = excluded.next_offset
