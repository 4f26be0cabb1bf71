-- Which roles have these names, or were access roles once?
SELECT role.rolname::text AS name,
       substr(own.subject, length('access/') + 1) AS access_role, -- null when pgscim did not create it as one
       coalesce(own.state = 'retired', false) AS retired,
       role.rolcanlogin AS can_login,
       array_remove(ARRAY [CASE WHEN role.rolsuper THEN 'SUPERUSER' END, CASE WHEN role.rolcreaterole THEN 'CREATEROLE' END,
                           CASE WHEN role.rolcreatedb THEN 'CREATEDB' END, CASE WHEN role.rolreplication THEN 'REPLICATION' END,
                           CASE WHEN role.rolbypassrls THEN 'BYPASSRLS' END], NULL) AS attributes,
       role.rolsuper AS superuser,
       EXISTS (SELECT FROM pg_auth_members held JOIN pg_roles provider ON provider.oid = held.roleid
               WHERE held.member = role.oid
                 AND provider.rolname IN ('rds_superuser', 'cloudsqlsuperuser', 'alloydbsuperuser', 'azure_pg_admin'))
         AS provider,
       EXISTS (SELECT FROM pgscim.managed_role other WHERE other.role_oid = role.oid AND other.user_id IS NOT NULL) AS taken,
       pg_has_role(role.oid, 'MEMBER WITH ADMIN OPTION') AS administered,
       role.rolname = current_user OR (NOT me.rolsuper AND pg_has_role(role.oid, 'USAGE')) AS ours,
       EXISTS (SELECT FROM pg_auth_members held JOIN pg_roles granter ON granter.oid = held.member
               WHERE held.roleid = role.oid AND granter.rolname = $2 AND held.admin_option) AS grantable,
       (SELECT json_agg(json_build_object('role', granted.rolname, 'managed', also.role_oid IS NOT NULL,
                          'grantor', grantor.rolname, 'admin', held.admin_option, 'inherit', held.inherit_option,
                          'set', held.set_option)
                        ORDER BY granted.rolname, grantor.rolname)
        FROM pgscim.auth_members held
             JOIN pg_roles granted ON granted.oid = held.roleid
             JOIN pg_roles grantor ON grantor.oid = held.grantor
             LEFT JOIN pgscim.managed_role also ON also.role_oid = held.roleid
        WHERE held.member = role.oid)::text AS memberships,
       (SELECT array_agg(fingerprint) FROM pgscim.refusal WHERE subject = coalesce(own.subject, 'access/' || role.rolname)) AS refusals
FROM pg_roles role
     JOIN pg_roles me ON me.rolname = current_user
     LEFT JOIN pgscim.managed_role own ON own.role_oid = role.oid AND own.user_id IS NULL
WHERE role.rolname = ANY ($1::name[])
   OR own.role_oid IS NOT NULL
ORDER BY own.role_oid IS NOT NULL -- where two claim a name, the managed one comes last and counts
