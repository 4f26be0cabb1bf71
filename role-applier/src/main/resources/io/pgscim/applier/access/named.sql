-- Which objects of a kind ($1) has a schema ($2), of these names ($3) or all of them? Without a schema: those that these
-- roles ($4) own, in every schema but PostgreSQL's own and pgscim's. So many at most ($5).
WITH schema AS (
  SELECT oid, nspname::text AS name, nspowner FROM pg_namespace
  WHERE CASE WHEN $2::text IS NULL THEN nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'pgscim', 'pgscim_admin')
             ELSE nspname = $2::text END
), object AS (
  SELECT 'SCHEMA' AS kind, name AS schema, NULL::text AS name, NULL::text[] AS types, nspowner AS owner FROM schema
  UNION ALL
  SELECT CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, schema.name, relname::text, NULL, relowner
  FROM pg_class JOIN schema ON schema.oid = relnamespace
  WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
  UNION ALL
  SELECT 'ROUTINE', schema.name, proname::text,
         ARRAY(SELECT format_type(argument.type, NULL)
               FROM unnest(proargtypes) WITH ORDINALITY argument (type, place) ORDER BY place),
         proowner
  FROM pg_proc JOIN schema ON schema.oid = pronamespace
)
SELECT schema, object.name, types
FROM object JOIN pg_roles owner ON owner.oid = object.owner
WHERE kind = $1::text AND ($3::text[] IS NULL OR object.name = ANY ($3::text[]))
  AND ($2::text IS NOT NULL OR owner.rolname = ANY ($4::name[]))
ORDER BY schema, object.name, types
LIMIT $5
