-- Who was given what on a database, on this schema ($1), on this relation ($2), on those of its columns that have grants of
-- their own or on the one asked about ($3), or on the routines of that name when $4 says so? What was never said is
-- PostgreSQL's default. One row for each grantee and privilege; a thing that nobody was given has one row without.
WITH schema AS (
  SELECT * , nspname::text AS name FROM pg_namespace WHERE nspname = $1::text
), relation AS (
  SELECT pg_class.*, pg_class.oid AS relation, CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind,
         CASE relkind WHEN 'S' THEN 's'::"char" ELSE 'r' END AS letter
  FROM pg_class JOIN schema ON schema.oid = relnamespace
  WHERE relname = $2::text AND NOT $4::boolean AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
), object AS (
  SELECT 'DATABASE' AS kind, oid, NULL::text AS "column", NULL::text[] AS types, NULL::text[] AS type_names, datdba AS owner,
         coalesce(datacl, acldefault('d', datdba)) AS acl, acldefault('d', datdba) AS usual,
         false AS secured, false AS forced, false AS system, datallowconn AS open
  FROM pg_database WHERE datname = current_database()
  UNION ALL
  SELECT 'SCHEMA', oid, NULL, NULL, NULL, nspowner, coalesce(nspacl, acldefault('n', nspowner)), acldefault('n', nspowner),
         false, false, false, true
  FROM schema
  UNION ALL
  SELECT kind, relation, NULL, NULL, NULL, relowner, coalesce(relacl, acldefault(letter, relowner)),
         acldefault(letter, relowner), relrowsecurity, relforcerowsecurity,
         relation < 12000 AND relkind <> 'v', -- FirstUnpinnedObjectId
         true
  FROM relation
  UNION ALL
  SELECT 'COLUMN', relation, attname::text, NULL, NULL, relowner, attacl, NULL, false, false,
         relation < 12000 AND relkind <> 'v', true
  FROM pg_attribute JOIN relation ON relation = attrelid
  WHERE kind = 'TABLE' AND attnum > 0 AND NOT attisdropped
    AND CASE WHEN $3::text IS NULL THEN attacl IS NOT NULL ELSE attname = $3::text END
  UNION ALL
  SELECT 'ROUTINE', pg_proc.oid, NULL, ARRAY(SELECT format_type(argument.type, NULL)
                                             FROM unnest(proargtypes) WITH ORDINALITY argument (type, place) ORDER BY place),
         ARRAY(SELECT typname::text FROM unnest(proargtypes) WITH ORDINALITY argument (type, place)
               JOIN pg_type ON pg_type.oid = argument.type ORDER BY place),
         proowner, coalesce(proacl, acldefault('f', proowner)), acldefault('f', proowner), false, false, false, true
  FROM pg_proc JOIN schema ON schema.oid = pronamespace
  WHERE proname = $2::text AND $4::boolean
)
SELECT kind, oid::bigint, "column", types, type_names, owner::bigint, secured, forced, system, open,
       ARRAY(SELECT DISTINCT privilege_type FROM aclexplode(usual)) AS privileges,
       acl.grantee::bigint, acl.privilege_type AS privilege, acl.is_grantable AS grantable
FROM object LEFT JOIN LATERAL aclexplode(acl) acl ON true
ORDER BY kind, oid, "column", grantee, privilege
