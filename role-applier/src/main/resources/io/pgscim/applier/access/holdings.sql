-- What do these roles ($1) and everybody have in this database, outside of PostgreSQL's own schemas and pgscim's? Rows as in
-- object.sql with the names, of every object, whether anybody of them has something on it or not; so many at most ($2).
WITH schema AS (
  SELECT *, nspname::text AS name FROM pg_namespace
  WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'pgscim', 'pgscim_admin')
), relation AS (
  SELECT pg_class.*, pg_class.oid AS relation, schema.name AS schema,
         CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind,
         CASE relkind WHEN 'S' THEN 's'::"char" ELSE 'r' END AS letter
  FROM pg_class JOIN schema ON schema.oid = relnamespace
  WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
), object AS (
  SELECT 'DATABASE' AS kind, oid, NULL::text AS schema, NULL::text AS name, NULL::text AS "column", NULL::text[] AS types,
         datdba AS owner, coalesce(datacl, acldefault('d', datdba)) AS acl, acldefault('d', datdba) AS usual,
         false AS secured, false AS forced, datallowconn AS open
  FROM pg_database WHERE datname = current_database()
  UNION ALL
  SELECT 'SCHEMA', oid, name, NULL, NULL, NULL, nspowner, coalesce(nspacl, acldefault('n', nspowner)),
         acldefault('n', nspowner), false, false, true
  FROM schema
  UNION ALL
  SELECT kind, relation, schema, relname::text, NULL, NULL, relowner, coalesce(relacl, acldefault(letter, relowner)),
         acldefault(letter, relowner), relrowsecurity, relforcerowsecurity, true
  FROM relation
  UNION ALL
  SELECT 'COLUMN', relation, schema, relname::text, attname::text, NULL, relowner, attacl, NULL, false, false, true
  FROM pg_attribute JOIN relation ON relation = attrelid
  WHERE kind = 'TABLE' AND attnum > 0 AND NOT attisdropped AND attacl IS NOT NULL
  UNION ALL
  SELECT 'ROUTINE', pg_proc.oid, schema.name, proname::text, NULL,
         ARRAY(SELECT format_type(argument.type, NULL)
               FROM unnest(proargtypes) WITH ORDINALITY argument (type, place) ORDER BY place),
         proowner, coalesce(proacl, acldefault('f', proowner)), acldefault('f', proowner), false, false, true
  FROM pg_proc JOIN schema ON schema.oid = pronamespace
)
SELECT kind, oid::bigint, schema, name, "column", types, types AS type_names, owner::bigint, secured, forced,
       false AS system, open, ARRAY(SELECT DISTINCT privilege_type FROM aclexplode(usual)) AS privileges,
       acl.grantee::bigint, acl.privilege_type AS privilege, acl.is_grantable AS grantable
FROM object LEFT JOIN LATERAL (
       SELECT * FROM aclexplode(acl) said WHERE said.grantee = 0 OR said.grantee::bigint = ANY ($1::bigint[])) acl ON true
ORDER BY kind, oid, "column", grantee, privilege
LIMIT $2
