-- Which of these roles ($1) are people's and managed, and whose?
SELECT user_id, role_oid::bigint FROM pgscim.managed_role
WHERE user_id IS NOT NULL AND role_oid = ANY (ARRAY(SELECT unnest($1::bigint[])::oid))
