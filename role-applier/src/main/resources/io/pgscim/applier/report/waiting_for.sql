-- Which users were refused one of these names?
SELECT DISTINCT substr(subject, length('user/') + 1) AS user_id
FROM pgscim.refusal WHERE role = ANY ($1::text[]) AND subject LIKE 'user/%'
