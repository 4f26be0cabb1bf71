-- How many people beside these lost something unasked within that time, and how many since the oldest hold that stands?
SELECT count(user_id)::int AS lost,
       (count(user_id) FILTER (WHERE at >= standing.since))::int AS besides,
       standing.since IS NOT NULL AS stands
FROM (SELECT min(since) AS since FROM pgscim.hold WHERE state = 'held') standing
     LEFT JOIN pgscim.taken ON at > now() - make_interval(secs => $2) AND NOT user_id = ANY ($1::text[])
GROUP BY standing.since
