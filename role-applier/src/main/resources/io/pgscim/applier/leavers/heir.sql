-- Can this role be given what leavers leave behind?
SELECT role.rolcanlogin AS can_login,
       role.rolsuper OR role.rolcreaterole OR role.rolcreatedb OR role.rolreplication OR role.rolbypassrls AS attributes,
       EXISTS (SELECT FROM pg_auth_members WHERE member = role.oid) AS member,
       EXISTS (SELECT FROM pg_shdepend
               WHERE refclassid = 'pg_authid'::regclass AND refobjid = role.oid AND deptype <> 'o') AS privileges,
       pg_has_role(role.oid, 'USAGE')
         AND pg_has_role(role.oid, CASE WHEN current_setting('server_version_num')::int < 160000 THEN 'MEMBER' ELSE 'SET' END)
         AS permitted,
       current_user::text AS login
FROM pg_roles role
WHERE role.rolname = $1
