-- What situations.sql answers, for many users: whatever they have in common, which is most of it, is looked up and
-- written once. For one user that would cost more.
WITH asked AS (
  SELECT asked.user_id, known.state, managed.role_name, managed.settings, managed.config, role.*
  FROM unnest($1::text[]) asked (user_id)
       LEFT JOIN (SELECT user_id, state FROM pgscim.ledger_user WHERE user_id = ANY ($1::text[])) known USING (user_id)
       LEFT JOIN (SELECT * FROM pgscim.managed_role WHERE user_id = ANY ($1::text[])) managed USING (user_id)
       LEFT JOIN pg_roles role ON role.oid = managed.role_oid
), named AS MATERIALIZED (
  SELECT group_id,
         rtrim(json_build_object('id', group_id, 'name', display_name, 'external_id', external_id)::text, '}') AS text
  FROM pgscim.ledger_group WHERE NOT deleted
), member AS (
  SELECT user_id,
         '[' || string_agg(
           named.text || ', "present" : ' || present::text
             || ', "from" : ' || floor(extract(epoch FROM coalesce(greatest(joined_at, valid_from), 'epoch')) * 1000)
             || ', "until" : ' || coalesce(floor(extract(epoch FROM valid_until) * 1000)::text, 'null') || '}',
           ',' ORDER BY group_id) || ']' AS groups
  FROM pgscim.ledger_membership JOIN named USING (group_id)
  WHERE user_id = ANY ($1::text[])
  GROUP BY user_id
), membership AS MATERIALIZED (
  SELECT * FROM pgscim.auth_members WHERE member = ANY (ARRAY(SELECT oid FROM asked))
), sort AS ( -- of membership
  SELECT roleid, grantor, admin_option, inherit_option, set_option,
         row_number() OVER (ORDER BY granted.rolname, by.rolname) AS place,
         json_build_object('role', granted.rolname, 'managed', own.role_oid IS NOT NULL, 'grantor', by.rolname,
           'admin', admin_option, 'inherit', inherit_option, 'set', set_option)::text AS text
  FROM (SELECT DISTINCT roleid, grantor, admin_option, inherit_option, set_option FROM membership) one
       JOIN pg_roles granted ON granted.oid = roleid
       JOIN pg_roles by ON by.oid = grantor
       LEFT JOIN pgscim.managed_role own ON own.role_oid = roleid
), held AS (
  SELECT member AS oid, '[' || string_agg(text, ',' ORDER BY place) || ']' AS memberships
  FROM membership JOIN sort USING (roleid, grantor, admin_option, inherit_option, set_option)
  GROUP BY member
), refused AS (
  SELECT substr(subject, length('user/') + 1) AS user_id, array_agg(fingerprint) AS refusals
  FROM pgscim.refusal
  WHERE subject = ANY (ARRAY(SELECT 'user/' || one FROM unnest($1::text[]) one))
  GROUP BY subject
)
SELECT asked.user_id,
       asked.state,
       asked.role_name,
       asked.settings::text AS settings,
       asked.config AS config_then,
       asked.rolname::text AS name,
       asked.rolcanlogin AS can_login,
       asked.rolconnlimit AS connection_limit,
       CASE WHEN asked.settings::text LIKE '%@%' -- set for single databases: nobody else pays for looking
            THEN asked.rolconfig || ARRAY(SELECT split_part(entry, '=', 1) || '@' || datname || substr(entry, strpos(entry, '='))
               FROM pg_database JOIN pg_db_role_setting ON setdatabase = pg_database.oid, unnest(setconfig) entry
               WHERE setrole = asked.oid)
            ELSE asked.rolconfig END AS config_now,
       array_remove(ARRAY [CASE WHEN asked.rolsuper THEN 'SUPERUSER' END, CASE WHEN asked.rolcreaterole THEN 'CREATEROLE' END,
                           CASE WHEN asked.rolcreatedb THEN 'CREATEDB' END, CASE WHEN asked.rolreplication THEN 'REPLICATION' END,
                           CASE WHEN asked.rolbypassrls THEN 'BYPASSRLS' END], NULL) AS attributes,
       member.groups,
       held.memberships,
       refused.refusals
FROM asked
     LEFT JOIN member USING (user_id)
     LEFT JOIN held USING (oid)
     LEFT JOIN refused USING (user_id)
ORDER BY asked.user_id
