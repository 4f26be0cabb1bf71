-- What may the login do?
SELECT current_setting('server_version_num')::int / 10000 AS major,
       pg_is_in_recovery() AS standby,
       current_setting('server_encoding') AS encoding,
       me.rolname::text AS login,
       me.rolsuper AS superuser,
       me.rolcreaterole AS createrole,
       granter.oid IS NOT NULL AS granter,
       coalesce(granter.rolcanlogin OR granter.rolsuper OR granter.rolcreaterole OR granter.rolbypassrls, false)
         AS granter_powers,
       coalesce((SELECT min(rolname) FROM pg_roles
                 WHERE rolname IN ('rds_superuser', 'cloudsqlsuperuser', 'azure_pg_admin')), '') AS marker,
       coalesce(pg_has_role(me.oid, granter.oid,
         CASE WHEN current_setting('server_version_num')::int < 160000 THEN 'MEMBER' ELSE 'SET' END), false) AS as_granter,
       pg_has_role(me.oid, 'pg_signal_backend', 'USAGE') AS signals,
       coalesce(has_schema_privilege(me.oid, pgscim.oid, 'CREATE'),
                has_database_privilege(me.oid, current_database(), 'CREATE')) AS schema,
       coalesce(has_function_privilege(me.oid, revoker.oid, 'EXECUTE')
                AND has_schema_privilege(me.oid, revoker.pronamespace, 'USAGE'), false) AS revoker,
       -- Those that work in somebody else's name, and in the right one's.
       (SELECT count(*) = 4 FROM pg_proc function JOIN pg_roles owner ON owner.oid = function.proowner
        WHERE function.pronamespace = admin.oid AND function.prosecdef
          AND has_function_privilege(me.oid, function.oid, 'EXECUTE')
          AND (function.proname IN ('create_logins', 'let_log_in') AND owner.rolsuper
               OR function.proname IN ('give_membership', 'take_membership') AND owner.oid = granter.oid)) AS functions
FROM pg_roles me
     LEFT JOIN pg_roles granter ON granter.rolname = 'pgscim_granter'
     LEFT JOIN pg_namespace pgscim ON pgscim.nspname = 'pgscim'
     LEFT JOIN pg_namespace admin ON admin.nspname = 'pgscim_admin'
     LEFT JOIN pg_proc revoker
            ON revoker.pronamespace = admin.oid AND revoker.proname = 'revoke_membership' AND revoker.pronargs = 3
WHERE me.rolname = current_user
