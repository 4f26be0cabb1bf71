-- These lost access just now, and may still have sessions that have it.
INSERT INTO pgscim.revocation
  (role_oid, role_name, user_id, login_lost, roles_lost, reason, txn, actor, requested_at, traceparent)
SELECT managed.role_oid, role.rolname, managed.user_id, note.login_lost,
       ARRAY(SELECT jsonb_array_elements_text(note.roles_lost::jsonb)), note.reason,
       note.txn, note.actor, note.requested_at, note.traceparent
FROM unnest($1::text[], $2::boolean[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::text[])
       note (user_id, login_lost, roles_lost, reason, txn, actor, requested_at, traceparent)
     JOIN pgscim.managed_role managed USING (user_id)
     JOIN pg_roles role ON role.oid = managed.role_oid
