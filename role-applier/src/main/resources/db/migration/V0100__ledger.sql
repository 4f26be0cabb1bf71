-- What the applier knows and did. Everything here changes in the same transaction as the roles it is about.

-- The latest state of each key of identity-events, and up to where each partition was read. Kept together, so that a
-- cluster restored from a backup reads again from where that backup stood. The state is text, not jsonb: an identity
-- provider may send what jsonb cannot hold.
CREATE TABLE ledger_user (
  user_id text    PRIMARY KEY,
  version bigint  NOT NULL,
  deleted boolean NOT NULL,
  state   text    NOT NULL
);

CREATE TABLE ledger_group (
  group_id     text    PRIMARY KEY,
  version      bigint  NOT NULL,
  deleted      boolean NOT NULL,
  display_name text
);

CREATE TABLE ledger_membership (
  group_id    text        NOT NULL,
  user_id     text        NOT NULL,
  version     bigint      NOT NULL,
  present     boolean     NOT NULL,
  valid_from  timestamptz,
  valid_until timestamptz,
  PRIMARY KEY (group_id, user_id)
);
CREATE INDEX ledger_membership_of_user ON ledger_membership (user_id);
CREATE INDEX ledger_membership_begins ON ledger_membership (valid_from) WHERE present AND valid_from IS NOT NULL;
CREATE INDEX ledger_membership_ends ON ledger_membership (valid_until) WHERE present AND valid_until IS NOT NULL;

CREATE TABLE ledger_sessions_revoked (
  user_id text   PRIMARY KEY,
  version bigint NOT NULL
);

CREATE TABLE ledger_position (
  topic       text    NOT NULL,
  partition   integer NOT NULL,
  next_offset bigint  NOT NULL,
  PRIMARY KEY (topic, partition)
);

-- Records that could not be read, so that one that comes again is set aside only once.
CREATE TABLE ledger_dead_letter (
  digest text        PRIMARY KEY,
  since  timestamptz NOT NULL DEFAULT now()
);

-- The roles that pgscim created. A role is managed while its oid is here: a name alone may be somebody else's by now.
CREATE TABLE managed_role (
  subject   text        PRIMARY KEY, -- user/<id> or access/<role>
  user_id   text        UNIQUE,      -- null for an access role
  role_oid  oid         NOT NULL UNIQUE,
  role_name text        NOT NULL,    -- as it was last seen; the catalog has the truth
  state     text        NOT NULL CHECK (state IN ('active', 'disabled', 'retired')),
  settings  jsonb       NOT NULL DEFAULT '{}', -- what the policy set, in its spelling
  config    text[],                            -- what PostgreSQL made of it
  since     timestamptz NOT NULL DEFAULT now()
);

-- Changes that are wanted and refused, so that each is reported once and looked at again when its cause is gone.
CREATE TABLE refusal (
  subject     text        NOT NULL,
  fingerprint text        NOT NULL,
  role        text        NOT NULL,
  description text        NOT NULL,
  reason      text        NOT NULL,
  sql_state   text,
  since       timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (subject, fingerprint)
);
CREATE INDEX refusal_of_role ON refusal (role);

-- Access that was taken away, until it is proven that no session has it any more.
CREATE TABLE revocation (
  id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  role_oid     oid         NOT NULL,
  role_name    text        NOT NULL,
  user_id      text,
  login_lost   boolean     NOT NULL,
  roles_lost   text[]      NOT NULL,
  reason       text        NOT NULL,
  txn          text        NOT NULL,
  actor        text        NOT NULL,
  requested_at timestamptz NOT NULL,
  traceparent  text,
  pids         integer[],   -- sessions found, noted before they are ended
  proven_at    timestamptz
);

-- Privileges are granted in other databases, which no transaction spans. What is about to be done there is noted here
-- first, with the event that will tell of it; afterwards the event goes to the outbox if what it tells is found true.
CREATE TABLE intent (
  id            uuid    PRIMARY KEY,
  place         bigint  GENERATED ALWAYS AS IDENTITY,
  database      text    NOT NULL,
  granted       boolean NOT NULL,
  entitlements  text[]  NOT NULL,
  aggregatetype text    NOT NULL,
  aggregateid   text    NOT NULL,
  type          text    NOT NULL,
  headers       jsonb   NOT NULL,
  payload       bytea   NOT NULL
);

-- The policy in force, whole: an applier that starts beside a broken file goes on with this one.
CREATE TABLE policy (
  only_one boolean     PRIMARY KEY DEFAULT true CHECK (only_one),
  cluster  text        NOT NULL,
  digest   text        NOT NULL,
  content  bytea       NOT NULL,
  rejected text,       -- digest of the last file that was not accepted since
  since    timestamptz NOT NULL DEFAULT now()
);
