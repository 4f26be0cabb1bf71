-- What do these roles own in this database, or is it the database itself? What is temporary ends with its session.
SELECT role.rolname::text AS role, count(*)::integer AS objects,
       (array_agg(object.type || ' ' || object.identity ORDER BY object.type, object.identity))[1:5] AS some
FROM pg_shdepend depend
     JOIN pg_database here ON here.datname = current_database()
     JOIN pg_roles role ON role.oid = depend.refobjid,
     pg_identify_object(depend.classid, depend.objid, depend.objsubid) object
WHERE depend.refclassid = 'pg_authid'::regclass AND depend.refobjid = ANY ($1::bigint[]::oid[])
  AND depend.deptype = 'o'
  AND (depend.dbid = here.oid OR (depend.classid = 'pg_database'::regclass AND depend.objid = here.oid))
  AND depend.classid NOT IN ('pg_default_acl'::regclass, 'pg_user_mapping'::regclass)
  AND NOT EXISTS (SELECT FROM pg_class WHERE depend.classid = 'pg_class'::regclass AND oid = depend.objid
                    AND relpersistence = 't')
GROUP BY 1
ORDER BY 1
