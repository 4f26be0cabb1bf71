-- Which objects of these kinds ($1) do these schemas ($2) have, and which do these roles ($3) own? Rows as in held.sql.
WITH schema AS (
  SELECT oid, nspname::text AS name, nspowner, nspname = ANY ($2::name[]) AS asked FROM pg_namespace
  WHERE nspname = ANY ($2::name[])
     OR nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'pgscim', 'pgscim_admin') AND $3::name[] <> '{}'
), owner AS (
  SELECT oid, rolname::text AS name, rolname = ANY ($3::name[]) AS asked FROM pg_roles
)
SELECT 'SCHEMA' AS kind, false AS future, NULL AS schema, schema.name, NULL::text[] AS parts, owner.name AS owner
FROM schema JOIN owner ON owner.oid = nspowner
WHERE 'SCHEMA' = ANY ($1::text[]) AND owner.asked
UNION ALL
SELECT relation.kind, false, schema.name, relname::text, NULL, owner.name
FROM pg_class JOIN schema ON schema.oid = relnamespace JOIN owner ON owner.oid = relowner,
     LATERAL (SELECT CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind) relation
WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND relation.kind = ANY ($1::text[]) AND (schema.asked OR owner.asked)
UNION ALL
SELECT 'ROUTINE', false, schema.name, proname::text,
       ARRAY(SELECT part FROM unnest(proargtypes) WITH ORDINALITY argument (type, place)
                  JOIN pg_type ON pg_type.oid = argument.type JOIN pg_namespace home ON home.oid = typnamespace,
                  unnest(ARRAY [home.nspname::text, typname::text]) WITH ORDINALITY both_parts (part, half)
             ORDER BY place, half),
       owner.name
FROM pg_proc JOIN schema ON schema.oid = pronamespace JOIN owner ON owner.oid = proowner
WHERE 'ROUTINE' = ANY ($1::text[]) AND (schema.asked OR owner.asked)
UNION ALL
-- Neither arrays nor multiranges, whose privileges are those of their elements, nor the row types of tables.
SELECT 'TYPE', false, schema.name, typname::text, NULL, owner.name
FROM pg_type JOIN schema ON schema.oid = typnamespace JOIN owner ON owner.oid = typowner
WHERE 'TYPE' = ANY ($1::text[]) AND (schema.asked OR owner.asked)
  AND typtype <> 'm' AND NOT EXISTS (SELECT FROM pg_type element WHERE element.typarray = pg_type.oid)
  AND (typrelid = 0 OR EXISTS (SELECT FROM pg_class WHERE pg_class.oid = typrelid AND relkind = 'c'))
ORDER BY 1, 3, 4
