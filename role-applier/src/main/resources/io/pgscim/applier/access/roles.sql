-- Which roles are there?
SELECT oid::bigint, rolname::text AS name, rolcanlogin AS can_login, rolsuper AS superuser, rolbypassrls AS bypassrls
FROM pg_roles ORDER BY rolname
