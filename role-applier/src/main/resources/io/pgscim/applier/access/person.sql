-- Which roles are meant by this user id or role name ($1), or by a userName that is somewhere in this text ($2)?
SELECT role.oid::bigint, role.rolname::text AS name, managed.user_id,
       array_remove(ARRAY [CASE WHEN NOT rolcanlogin THEN 'NOLOGIN' END, CASE WHEN rolsuper THEN 'SUPERUSER' END,
                           CASE WHEN rolcreaterole THEN 'CREATEROLE' END, CASE WHEN rolcreatedb THEN 'CREATEDB' END,
                           CASE WHEN rolreplication THEN 'REPLICATION' END, CASE WHEN rolbypassrls THEN 'BYPASSRLS' END],
                    NULL) AS attributes
FROM pg_roles role LEFT JOIN pgscim.managed_role managed ON managed.role_oid = role.oid
WHERE role.rolname = $1::text OR managed.user_id = $1::text
   OR managed.user_id IN (SELECT user_id FROM pgscim.ledger_user
                          WHERE NOT deleted AND position(lower($2::text) IN lower(state)) > 0)
LIMIT 100
