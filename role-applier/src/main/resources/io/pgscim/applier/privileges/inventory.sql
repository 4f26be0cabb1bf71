-- Which tables and sequences do these schemas have?
SELECT namespace.nspname::text AS schema, class.relname::text AS name, class.relkind = 'S' AS sequence
FROM pg_class class JOIN pg_namespace namespace ON namespace.oid = class.relnamespace
WHERE namespace.nspname = ANY ($1::name[]) AND class.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
ORDER BY 1, 2
