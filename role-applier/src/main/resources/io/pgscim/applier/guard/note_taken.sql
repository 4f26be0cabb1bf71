-- These users lose something now, unasked. What is older than the limit's time counts no more.
WITH over AS (
  DELETE FROM pgscim.taken WHERE at < now() - make_interval(secs => $2) AND NOT user_id = ANY ($1::text[])
)
INSERT INTO pgscim.taken (user_id, at) SELECT user_id, now() FROM unnest($1::text[]) user_id
ON CONFLICT (user_id) DO UPDATE SET at = excluded.at
