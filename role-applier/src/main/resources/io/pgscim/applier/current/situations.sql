-- What does the directory say of these users, and what does the catalog? One row for each user.
SELECT asked.user_id,
       known.state,
       managed.role_name,
       managed.settings::text AS settings,
       managed.config AS config_then,
       role.rolname::text AS name,
       role.rolcanlogin AS can_login,
       role.rolconnlimit AS connection_limit,
       CASE WHEN managed.settings::text LIKE '%@%' -- set for single databases: nobody else pays for looking
            THEN role.rolconfig || ARRAY(SELECT split_part(entry, '=', 1) || '@' || datname || substr(entry, strpos(entry, '='))
               FROM pg_database JOIN pg_db_role_setting ON setdatabase = pg_database.oid, unnest(setconfig) entry
               WHERE setrole = role.oid)
            ELSE role.rolconfig END AS config_now,
       array_remove(ARRAY [CASE WHEN role.rolsuper THEN 'SUPERUSER' END, CASE WHEN role.rolcreaterole THEN 'CREATEROLE' END,
                           CASE WHEN role.rolcreatedb THEN 'CREATEDB' END, CASE WHEN role.rolreplication THEN 'REPLICATION' END,
                           CASE WHEN role.rolbypassrls THEN 'BYPASSRLS' END], NULL) AS attributes,
       (SELECT json_agg(json_build_object('id', member.group_id, 'name', known_group.display_name,
                          'external_id', known_group.external_id, 'present', member.present,
                          'from', floor(extract(epoch FROM coalesce(greatest(member.joined_at, member.valid_from), 'epoch')) * 1000),
                          'until', floor(extract(epoch FROM member.valid_until) * 1000))
                        ORDER BY member.group_id)
        FROM pgscim.ledger_membership member JOIN pgscim.ledger_group known_group USING (group_id)
        WHERE member.user_id = asked.user_id AND NOT known_group.deleted)::text AS groups,
       (SELECT json_agg(json_build_object('role', granted.rolname, 'managed', own.role_oid IS NOT NULL,
                          'grantor', grantor.rolname, 'admin', held.admin_option, 'inherit', held.inherit_option,
                          'set', held.set_option)
                        ORDER BY granted.rolname, grantor.rolname)
        FROM pgscim.auth_members held
             JOIN pg_roles granted ON granted.oid = held.roleid
             JOIN pg_roles grantor ON grantor.oid = held.grantor
             LEFT JOIN pgscim.managed_role own ON own.role_oid = held.roleid
        WHERE held.member = role.oid)::text AS memberships,
       (SELECT array_agg(fingerprint) FROM pgscim.refusal WHERE subject = 'user/' || asked.user_id) AS refusals
FROM unnest($1::text[]) asked (user_id)
     LEFT JOIN pgscim.ledger_user known USING (user_id)
     LEFT JOIN pgscim.managed_role managed ON managed.user_id = asked.user_id
     LEFT JOIN pg_roles role ON role.oid = managed.role_oid
ORDER BY asked.user_id
