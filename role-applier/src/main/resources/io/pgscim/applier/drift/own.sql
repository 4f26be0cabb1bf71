-- What do people's login roles own, and where do they have privileges by themselves? By database; '' stands for what
-- belongs to none. Since PostgreSQL 16 memberships are dependencies too.
SELECT coalesce(place.datname::text, '') AS database, role.rolname::text AS role, role.oid::bigint AS oid, own.user_id,
       count(*) FILTER (WHERE depend.deptype = 'o' AND depend.classid <> 'pg_default_acl'::regclass)::integer AS owned,
       bool_or(depend.deptype = 'o' AND depend.classid = 'pg_default_acl'::regclass) AS defaults,
       count(*) FILTER (WHERE depend.deptype = 'a')::integer AS privileges
FROM pg_shdepend depend
     JOIN pgscim.managed_role own ON own.role_oid = depend.refobjid AND own.user_id IS NOT NULL
     JOIN pg_roles role ON role.oid = own.role_oid
     LEFT JOIN pg_database place
       ON place.oid = CASE depend.classid WHEN 'pg_database'::regclass THEN depend.objid ELSE depend.dbid END
WHERE depend.refclassid = 'pg_authid'::regclass
  AND depend.deptype IN ('o', 'a')
  AND depend.classid NOT IN ('pg_auth_members'::regclass, 'pg_user_mapping'::regclass)
GROUP BY 1, 2, 3, 4
ORDER BY 1, 2
