-- These are refused now; whatever else was refused to the same subjects is not any more.
WITH over AS (
  DELETE FROM pgscim.refusal WHERE subject = ANY ($1::text[]) AND NOT fingerprint = ANY ($3::text[])
)
INSERT INTO pgscim.refusal (subject, fingerprint, role, description, reason, sql_state)
SELECT * FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
ON CONFLICT DO NOTHING
