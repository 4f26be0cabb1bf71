-- What cursors are sealed with (RFC 9865): one key for the directory, so that all instances share it and restarts keep
-- it. Deleting the row and inserting another makes every cursor invalid once the instances have been restarted.
CREATE TABLE cursor_key (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  key bytea   NOT NULL CHECK (octet_length(key) = 32)
);

-- Three random UUIDs have 366 bits of the server's strong randomness.
INSERT INTO cursor_key (key)
SELECT sha256(convert_to(concat(gen_random_uuid(), gen_random_uuid(), gen_random_uuid()), 'UTF8'));

COMMENT ON TABLE cursor_key IS 'Seals the cursors that clients page with; secret.';
