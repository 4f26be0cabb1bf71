-- Which privileges do these roles have in this database? Rows of kinds: d(atabase), n(amespace), r(elation), c(olumn),
-- s(equence), R and S (future relations and sequences, owner in `name`).
WITH role AS (
  SELECT oid, rolname::text AS name FROM pg_roles WHERE oid = ANY ($1::bigint[]::oid[])
)
SELECT role.name AS role, 'd' AS kind, NULL AS schema, NULL AS name, NULL AS part, acl.privilege_type AS privilege
FROM pg_database, aclexplode(datacl) acl JOIN role ON role.oid = acl.grantee
WHERE datname = current_database()
UNION ALL
SELECT role.name, 'n', nspname::text, NULL, NULL, acl.privilege_type
FROM pg_namespace, aclexplode(nspacl) acl JOIN role ON role.oid = acl.grantee
WHERE acl.grantee <> nspowner
UNION ALL
SELECT role.name, CASE relkind WHEN 'S' THEN 's' ELSE 'r' END, nspname::text, relname::text, NULL, acl.privilege_type
FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace,
     aclexplode(relacl) acl JOIN role ON role.oid = acl.grantee
WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND acl.grantee <> relowner
UNION ALL
SELECT role.name, 'c', nspname::text, relname::text, attname::text, acl.privilege_type
FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid JOIN pg_namespace ON pg_namespace.oid = relnamespace,
     aclexplode(attacl) acl JOIN role ON role.oid = acl.grantee
WHERE NOT attisdropped AND attacl IS NOT NULL
UNION ALL
SELECT role.name, CASE defaclobjtype WHEN 'S' THEN 'S' ELSE 'R' END, nspname::text, owner.rolname::text, NULL,
       acl.privilege_type
FROM pg_default_acl JOIN pg_roles owner ON owner.oid = defaclrole
     LEFT JOIN pg_namespace ON pg_namespace.oid = defaclnamespace,
     aclexplode(defaclacl) acl JOIN role ON role.oid = acl.grantee
WHERE defaclobjtype IN ('r', 'S')
