-- What the applier needs for the sample application: only a table's owner can grant privileges on it.
GRANT app_owner TO pgscim_applier WITH INHERIT TRUE, SET TRUE;
