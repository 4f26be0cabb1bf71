-- Which holds are another plan by now: somebody of them is concerned anew, or their request goes on? All that they
-- withhold is judged again.
WITH loose AS (
  UPDATE pgscim.hold SET state = 'superseded', decided_by = $1, decided_at = now(), reason = $2
  WHERE state = 'held'
    AND (people <> (SELECT count(*) FROM pgscim.withheld WHERE withheld.hold = hold.id)
         OR txn IN (SELECT withheld.txn FROM pgscim.withheld WHERE withheld.hold IS NULL))
  RETURNING *
), again AS (
  UPDATE pgscim.withheld SET hold = NULL FROM loose WHERE withheld.hold = loose.id
)
SELECT * FROM loose ORDER BY id
