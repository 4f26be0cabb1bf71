-- These roles were created or adopted just now.
INSERT INTO pgscim.managed_role AS managed (subject, user_id, role_oid, role_name, state, settings, config)
SELECT note.subject, note.user_id, role.oid, role.rolname, coalesce(note.state, 'active'), note.settings::jsonb,
       role.rolconfig || ARRAY(SELECT split_part(entry, '=', 1) || '@' || datname || substr(entry, strpos(entry, '='))
                               FROM pg_database JOIN pg_db_role_setting ON setdatabase = pg_database.oid, unnest(setconfig) entry
                               WHERE setrole = role.oid)
FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
       note (subject, user_id, role_name, settings, state)
     JOIN pg_roles role ON role.rolname = note.role_name
ON CONFLICT (subject) DO UPDATE
  SET role_oid = excluded.role_oid, role_name = excluded.role_name, state = excluded.state,
      settings = excluded.settings, config = excluded.config, since = now()
