-- These managed roles were changed just now; what is null stays as noted.
UPDATE pgscim.managed_role managed
SET role_name = role.rolname,
    state = coalesce(note.state, managed.state),
    since = CASE WHEN note.state <> managed.state THEN now() ELSE managed.since END,
    settings = coalesce(note.settings::jsonb, managed.settings),
    config = CASE WHEN note.settings IS NULL THEN managed.config
                  ELSE role.rolconfig || ARRAY(SELECT split_part(entry, '=', 1) || '@' || datname || substr(entry, strpos(entry, '='))
                                    FROM pg_database JOIN pg_db_role_setting ON setdatabase = pg_database.oid, unnest(setconfig) entry
                                    WHERE setrole = role.oid) END
FROM unnest($1::text[], $2::text[], $3::text[]) note (subject, state, settings), pg_roles role
WHERE managed.subject = note.subject AND role.oid = managed.role_oid
