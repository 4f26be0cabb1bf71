-- Which privileges do these roles have in this database? A future object is known by its owner, in `name`; `parts` are a
-- column's name, or the argument types of a routine, schema and name in turn.
WITH role AS (
  SELECT oid, rolname::text AS name FROM pg_roles WHERE oid = ANY ($1::bigint[]::oid[])
)
SELECT role.name AS role, 'DATABASE' AS kind, false AS future, NULL AS schema, NULL AS name, NULL::text[] AS parts,
       acl.privilege_type AS privilege
FROM pg_database, aclexplode(datacl) acl JOIN role ON role.oid = acl.grantee
WHERE datname = current_database()
UNION ALL
SELECT role.name, 'SCHEMA', false, NULL, nspname::text, NULL, acl.privilege_type
FROM pg_namespace, aclexplode(nspacl) acl JOIN role ON role.oid = acl.grantee
WHERE acl.grantee <> nspowner
UNION ALL
SELECT role.name, CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, false, nspname::text, relname::text, NULL,
       acl.privilege_type
FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace,
     aclexplode(relacl) acl JOIN role ON role.oid = acl.grantee
WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND acl.grantee <> relowner
UNION ALL
SELECT role.name, 'COLUMN', false, nspname::text, relname::text, ARRAY [attname::text], acl.privilege_type
FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid JOIN pg_namespace ON pg_namespace.oid = relnamespace,
     aclexplode(attacl) acl JOIN role ON role.oid = acl.grantee
WHERE NOT attisdropped AND attacl IS NOT NULL
UNION ALL
SELECT role.name, 'ROUTINE', false, nspname::text, proname::text,
       ARRAY(SELECT part FROM unnest(proargtypes) WITH ORDINALITY argument (type, place)
                  JOIN pg_type ON pg_type.oid = argument.type JOIN pg_namespace home ON home.oid = typnamespace,
                  unnest(ARRAY [home.nspname::text, typname::text]) WITH ORDINALITY both_parts (part, half)
             ORDER BY place, half),
       acl.privilege_type
FROM pg_proc JOIN pg_namespace ON pg_namespace.oid = pronamespace,
     aclexplode(proacl) acl JOIN role ON role.oid = acl.grantee
WHERE acl.grantee <> proowner
UNION ALL
SELECT role.name, 'TYPE', false, nspname::text, typname::text, NULL, acl.privilege_type
FROM pg_type JOIN pg_namespace ON pg_namespace.oid = typnamespace,
     aclexplode(typacl) acl JOIN role ON role.oid = acl.grantee
WHERE acl.grantee <> typowner
UNION ALL
SELECT role.name, 'SERVER', false, NULL, srvname::text, NULL, acl.privilege_type
FROM pg_foreign_server, aclexplode(srvacl) acl JOIN role ON role.oid = acl.grantee
WHERE acl.grantee <> srvowner
UNION ALL
SELECT role.name,
       CASE defaclobjtype WHEN 'r' THEN 'TABLE' WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'ROUTINE' WHEN 'T' THEN 'TYPE'
                          ELSE 'SCHEMA' END,
       true, nspname::text, owner.rolname::text, NULL, acl.privilege_type
FROM pg_default_acl JOIN pg_roles owner ON owner.oid = defaclrole
     LEFT JOIN pg_namespace ON pg_namespace.oid = defaclnamespace,
     aclexplode(defaclacl) acl JOIN role ON role.oid = acl.grantee
WHERE defaclobjtype IN ('r', 'S', 'f', 'T', 'n') -- and not large objects
