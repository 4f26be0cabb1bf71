-- Who may ask for anything: the clients of each source, and what they prove it with.
CREATE TABLE client (
  id         uuid        PRIMARY KEY,
  source     text        COLLATE "C" NOT NULL, -- what it may address; 'admin' for the admin API
  name       text        COLLATE "C" NOT NULL, -- stands behind the source's name as the actor of what it does
  me         uuid,                             -- the user that it stands for at /Me
  created    timestamptz NOT NULL,
  created_by text        NOT NULL,
  deleted    timestamptz
);

-- A name that is free again may be given again; what the former one did stays told apart by the time.
CREATE UNIQUE INDEX client_name ON client (source, name) WHERE deleted IS NULL;

-- Secrets are 256 random bits, so their plain SHA-256 gives nothing away. Rows stay when a secret ends: its use
-- afterwards shall be recognised.
CREATE TABLE secret (
  id         uuid        PRIMARY KEY,
  client     uuid        NOT NULL REFERENCES client,
  kind       text        NOT NULL CHECK (kind IN ('token', 'secret')), -- bearer token, OAuth 2.0 client secret
  hash       bytea       NOT NULL UNIQUE CHECK (octet_length(hash) = 32),
  created    timestamptz NOT NULL,
  created_by text        NOT NULL,
  expires    timestamptz,
  ends       timestamptz, -- because it was revoked, or will be, having been rotated
  last_used  timestamptz, -- to the minute or so
  warned     timestamptz  -- when its expiry was last announced
);

CREATE INDEX secret_of_client ON secret (client, created);

-- Access tokens of OAuth 2.0: they end with the client secret that they were issued for.
CREATE TABLE access_token (
  hash    bytea       PRIMARY KEY CHECK (octet_length(hash) = 32),
  secret  uuid        NOT NULL REFERENCES secret ON DELETE CASCADE,
  expires timestamptz NOT NULL
);

CREATE INDEX access_token_of_secret ON access_token (secret, expires);

-- One row that every change of the tables above raises: whoever remembers its value knows whether to read them again.
CREATE TABLE client_version (
  value bigint NOT NULL
);

INSERT INTO client_version VALUES (1);

COMMENT ON TABLE client IS 'Who may use the SCIM and admin API; written by scim-ingest and its command admin only.';
COMMENT ON TABLE secret IS 'What clients prove themselves with, as SHA-256.';
