-- What are these roles, which are to become those of these users? One that is gone is in no row.
SELECT asked.user_id, role.rolname::text AS name, role.rolcanlogin AS can_login, role.rolconnlimit AS connection_limit,
       array_remove(ARRAY [CASE WHEN role.rolsuper THEN 'SUPERUSER' END, CASE WHEN role.rolcreaterole THEN 'CREATEROLE' END,
                           CASE WHEN role.rolcreatedb THEN 'CREATEDB' END, CASE WHEN role.rolreplication THEN 'REPLICATION' END,
                           CASE WHEN role.rolbypassrls THEN 'BYPASSRLS' END], NULL) AS attributes,
       role.rolsuper AS superuser,
       EXISTS (SELECT FROM pg_auth_members held JOIN pg_roles provider ON provider.oid = held.roleid
               WHERE held.member = role.oid
                 AND provider.rolname IN ('rds_superuser', 'cloudsqlsuperuser', 'alloydbsuperuser', 'azure_pg_admin'))
         AS provider,
       EXISTS (SELECT FROM pgscim.managed_role other WHERE other.role_oid = role.oid) AS taken,
       pg_has_role(role.oid, 'MEMBER WITH ADMIN OPTION') AS administered,
       role.rolname = current_user OR (NOT me.rolsuper AND pg_has_role(role.oid, 'USAGE')) AS ours,
       (SELECT json_agg(json_build_object('role', granted.rolname, 'managed', own.role_oid IS NOT NULL,
                          'grantor', grantor.rolname, 'admin', held.admin_option, 'inherit', held.inherit_option,
                          'set', held.set_option)
                        ORDER BY granted.rolname, grantor.rolname)
        FROM pgscim.auth_members held
             JOIN pg_roles granted ON granted.oid = held.roleid
             JOIN pg_roles grantor ON grantor.oid = held.grantor
             LEFT JOIN pgscim.managed_role own ON own.role_oid = held.roleid
        WHERE held.member = role.oid)::text AS memberships
FROM unnest($1::text[], $2::text[]) asked (user_id, name)
     JOIN pg_roles role ON role.rolname = asked.name
     JOIN pg_roles me ON me.rolname = current_user
