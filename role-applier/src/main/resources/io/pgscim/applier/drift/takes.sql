-- Which attributes can the applier's login take from others? A superuser all. Anybody else, since PostgreSQL 16, CREATEROLE
-- and those that it has itself.
SELECT me.rolname::text AS login,
       array_remove(ARRAY ['CREATEROLE', CASE WHEN me.rolsuper THEN 'SUPERUSER' END,
                           CASE WHEN me.rolsuper OR me.rolcreatedb THEN 'CREATEDB' END,
                           CASE WHEN me.rolsuper OR me.rolreplication THEN 'REPLICATION' END,
                           CASE WHEN me.rolsuper OR me.rolbypassrls THEN 'BYPASSRLS' END], NULL) AS attributes
FROM pg_roles me
WHERE me.rolname = current_user
