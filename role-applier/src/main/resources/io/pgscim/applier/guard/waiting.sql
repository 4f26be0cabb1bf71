-- What was withheld and is not judged yet?
SELECT withheld.*, NULL::text AS state FROM pgscim.withheld WHERE hold IS NULL ORDER BY user_id
