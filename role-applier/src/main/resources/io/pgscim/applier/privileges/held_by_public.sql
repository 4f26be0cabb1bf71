-- Which privileges has everybody in this database? What was never said is PostgreSQL's default, which is not nothing.
-- Rows as in held.sql; of future objects those of the owners asked for.
WITH schema AS (
  SELECT oid, nspname::text AS name, nspowner, nspacl FROM pg_namespace
  WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'pgscim', 'pgscim_admin')
)
SELECT 'DATABASE' AS kind, false AS future, NULL AS schema, NULL AS name, NULL::text[] AS parts,
       acl.privilege_type AS privilege
FROM pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba))) acl
WHERE datname = current_database() AND acl.grantee = 0
UNION ALL
SELECT 'SCHEMA', false, NULL, schema.name, NULL, acl.privilege_type
FROM schema, aclexplode(nspacl) acl WHERE acl.grantee = 0
UNION ALL
SELECT CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, false, schema.name, relname::text, NULL, acl.privilege_type
FROM pg_class JOIN schema ON schema.oid = relnamespace, aclexplode(relacl) acl
WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND acl.grantee = 0
UNION ALL
SELECT 'COLUMN', false, schema.name, relname::text, ARRAY [attname::text], acl.privilege_type
FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid JOIN schema ON schema.oid = relnamespace, aclexplode(attacl) acl
WHERE NOT attisdropped AND acl.grantee = 0
UNION ALL
SELECT 'ROUTINE', false, schema.name, proname::text,
       ARRAY(SELECT part FROM unnest(proargtypes) WITH ORDINALITY argument (type, place)
                  JOIN pg_type ON pg_type.oid = argument.type JOIN pg_namespace home ON home.oid = typnamespace,
                  unnest(ARRAY [home.nspname::text, typname::text]) WITH ORDINALITY both_parts (part, half)
             ORDER BY place, half),
       acl.privilege_type
FROM pg_proc JOIN schema ON schema.oid = pronamespace, aclexplode(coalesce(proacl, acldefault('f', proowner))) acl
WHERE acl.grantee = 0
UNION ALL
SELECT 'TYPE', false, schema.name, typname::text, NULL, acl.privilege_type
FROM pg_type JOIN schema ON schema.oid = typnamespace, aclexplode(coalesce(typacl, acldefault('T', typowner))) acl
WHERE acl.grantee = 0
UNION ALL
SELECT 'SERVER', false, NULL, srvname::text, NULL, acl.privilege_type
FROM pg_foreign_server, aclexplode(srvacl) acl WHERE acl.grantee = 0
UNION ALL
SELECT kind.name, true, NULL, owner.rolname::text, NULL, acl.privilege_type
FROM pg_roles owner CROSS JOIN (VALUES ('ROUTINE', 'f'::"char"), ('TYPE', 'T')) kind (name, letter)
     LEFT JOIN pg_default_acl said
            ON said.defaclrole = owner.oid AND said.defaclnamespace = 0 AND said.defaclobjtype = kind.letter,
     aclexplode(coalesce(said.defaclacl, acldefault(kind.letter, owner.oid))) acl
WHERE owner.rolname = ANY ($1::name[]) AND acl.grantee = 0
UNION ALL
SELECT CASE defaclobjtype WHEN 'r' THEN 'TABLE' WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'ROUTINE' WHEN 'T' THEN 'TYPE'
                          ELSE 'SCHEMA' END,
       true, nspname::text, owner.rolname::text, NULL, acl.privilege_type
FROM pg_default_acl JOIN pg_roles owner ON owner.oid = defaclrole
     LEFT JOIN pg_namespace ON pg_namespace.oid = defaclnamespace,
     aclexplode(defaclacl) acl
WHERE owner.rolname = ANY ($1::name[]) AND acl.grantee = 0
  AND (defaclobjtype IN ('r', 'S', 'n') OR defaclobjtype IN ('f', 'T') AND defaclnamespace <> 0)
