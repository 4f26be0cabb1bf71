-- Of what was about to be done in this database this is done, and the rest is not.
WITH settled AS (
  DELETE FROM pgscim.intent WHERE database = $1 RETURNING *
)
INSERT INTO pgscim.outbox (id, aggregatetype, aggregateid, type, headers, payload)
SELECT id, aggregatetype, aggregateid, type, headers, payload
FROM settled WHERE id = ANY ($2::uuid[]) ORDER BY place
