-- Which server processes work for these roles?
SELECT usesysid::bigint AS role_oid, pid FROM pg_stat_activity WHERE usesysid = ANY ($1::bigint[]::oid[])
