-- What situations.sql answers, for many users: what their memberships have in common is looked up once. For one user that
-- would cost more. OFFSET 0: a role is found by its index, for reading all of them would cost more the more there are.
WITH asked AS (
  SELECT asked.user_id, known.state, managed.settings, managed.config, role.*
  FROM unnest($1::text[]) asked (user_id)
       LEFT JOIN (SELECT user_id, state FROM pgscim.ledger_user WHERE user_id = ANY ($1::text[])) known USING (user_id)
       LEFT JOIN (SELECT * FROM pgscim.managed_role WHERE user_id = ANY ($1::text[])) managed USING (user_id)
       LEFT JOIN LATERAL (
         SELECT oid, rolname, rolcanlogin, rolconnlimit, rolconfig, attributes FROM pgscim.roles
         WHERE oid = managed.role_oid OFFSET 0) role ON true
), member AS (
  SELECT user_id,
         array_agg(group_id) AS groups, array_agg(display_name) AS group_names, array_agg(external_id) AS group_external_ids,
         array_agg(present) AS group_present, array_agg(since) AS group_since, array_agg(until) AS group_until
  FROM (SELECT user_id, group_id, display_name, external_id, present,
               floor(extract(epoch FROM coalesce(greatest(joined_at, valid_from), 'epoch')) * 1000)::bigint AS since,
               floor(extract(epoch FROM valid_until) * 1000)::bigint AS until
        FROM pgscim.ledger_membership JOIN pgscim.ledger_group USING (group_id)
        WHERE user_id = ANY ($1::text[]) AND NOT deleted
        ORDER BY user_id, group_id) one
  GROUP BY user_id
), membership AS MATERIALIZED (
  SELECT * FROM pgscim.auth_members WHERE member = ANY (ARRAY(SELECT oid FROM asked))
), named AS ( -- what membership speaks of, in order
  SELECT roleid, grantor, granted.rolname::text AS role, by.rolname::text AS grantor_name, own.role_oid IS NOT NULL AS managed,
         row_number() OVER (ORDER BY granted.rolname, by.rolname) AS place
  FROM (SELECT DISTINCT roleid, grantor FROM membership) one
       JOIN pg_roles granted ON granted.oid = roleid
       JOIN pg_roles by ON by.oid = grantor
       LEFT JOIN pgscim.managed_role own ON own.role_oid = roleid
), held AS (
  SELECT member AS oid,
         array_agg(role) AS held, array_agg(grantor_name) AS held_from, array_agg(managed) AS held_managed,
         array_agg(admin_option) AS held_admin, array_agg(inherit_option) AS held_inherit, array_agg(set_option) AS held_set
  FROM (SELECT * FROM membership JOIN named USING (roleid, grantor) ORDER BY member, place) one
  GROUP BY member
), refused AS (
  SELECT substr(subject, length('user/') + 1) AS user_id, array_agg(fingerprint) AS refusals
  FROM pgscim.refusal
  WHERE subject = ANY (ARRAY(SELECT 'user/' || one FROM unnest($1::text[]) one))
  GROUP BY subject
)
SELECT asked.user_id,
       asked.state,
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
       asked.attributes,
       member.*,
       held.*,
       refused.refusals
FROM asked
     LEFT JOIN member USING (user_id)
     LEFT JOIN held USING (oid)
     LEFT JOIN refused USING (user_id)
ORDER BY asked.user_id
