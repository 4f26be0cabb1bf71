-- All that waits is one hold.
WITH begun AS (
  INSERT INTO pgscim.hold (digest, people, holders, allowed, lost, txn, actor, requested_at, traceparent)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING *
), part AS (
  UPDATE pgscim.withheld SET hold = begun.id FROM begun WHERE withheld.hold IS NULL
)
SELECT * FROM begun
