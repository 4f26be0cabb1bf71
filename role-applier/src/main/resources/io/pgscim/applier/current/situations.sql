-- What does the directory say of these users, and what does the catalog? One row for each user.
SELECT asked.user_id,
       known.state,
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
       role.attributes,
       member.*,
       membership.*,
       (SELECT array_agg(fingerprint) FROM pgscim.refusal WHERE subject = 'user/' || asked.user_id) AS refusals
FROM unnest($1::text[]) asked (user_id)
     LEFT JOIN pgscim.ledger_user known USING (user_id)
     LEFT JOIN pgscim.managed_role managed ON managed.user_id = asked.user_id
     LEFT JOIN pgscim.roles role ON role.oid = managed.role_oid
     LEFT JOIN LATERAL (
       SELECT array_agg(group_id) AS groups, array_agg(display_name) AS group_names, array_agg(external_id) AS group_external_ids,
              array_agg(present) AS group_present, array_agg(since) AS group_since, array_agg(until) AS group_until
       FROM (SELECT group_id, display_name, external_id, present,
                    floor(extract(epoch FROM coalesce(greatest(joined_at, valid_from), 'epoch')) * 1000)::bigint AS since,
                    floor(extract(epoch FROM valid_until) * 1000)::bigint AS until
             FROM pgscim.ledger_membership JOIN pgscim.ledger_group USING (group_id)
             WHERE user_id = asked.user_id AND NOT deleted
             ORDER BY group_id) one) member ON true
     LEFT JOIN LATERAL (SELECT * FROM pgscim.memberships WHERE member = role.oid OFFSET 0) membership ON true
ORDER BY asked.user_id
