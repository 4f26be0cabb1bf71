-- In which databases does this role own something or have privileges, and may the applier go there? '' stands for what
-- belongs to no database. Default privileges and user mappings are nobody's property: they end with the role.
SELECT coalesce(database.datname::text, '') AS database,
       coalesce(database.datallowconn, true) AS connectable,
       coalesce(has_database_privilege(database.oid, 'CONNECT'), true) AS permitted,
       count(*) FILTER (WHERE depend.deptype = 'o'
                          AND depend.classid NOT IN ('pg_default_acl'::regclass, 'pg_user_mapping'::regclass))::integer
         AS owned
FROM pg_shdepend depend
     LEFT JOIN pg_database database ON database.oid = depend.dbid
WHERE depend.refclassid = 'pg_authid'::regclass AND depend.refobjid = $1::bigint::oid
GROUP BY database.oid, database.datname, database.datallowconn
ORDER BY 1
