-- Plans that would take something from more people than the policy lets lose something unasked, and what became of them.
CREATE TABLE hold (
  id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  digest       text        NOT NULL, -- of what is taken from whom: the name by which it is approved or rejected
  since        timestamptz NOT NULL DEFAULT now(),
  people       integer     NOT NULL,
  holders      integer     NOT NULL,
  allowed      integer     NOT NULL,
  lost         integer     NOT NULL,
  txn          text        NOT NULL,
  actor        text        NOT NULL,
  requested_at timestamptz NOT NULL,
  traceparent  text,
  state        text        NOT NULL DEFAULT 'held' CHECK (state IN ('held', 'approved', 'rejected', 'superseded')),
  decided_by   text,
  decided_at   timestamptz,
  reason       text
);
CREATE UNIQUE INDEX hold_standing ON hold (digest) WHERE state = 'held';

-- What is to be taken from whom and is not: not judged yet, part of a plan that is held, or of one that was rejected.
CREATE TABLE withheld (
  user_id      text        PRIMARY KEY,
  hold         bigint      REFERENCES hold, -- null: not judged yet
  role         text        NOT NULL,
  changes      jsonb       NOT NULL,        -- [{line, description, sql}]
  txn          text        NOT NULL,
  actor        text        NOT NULL,
  requested_at timestamptz NOT NULL,
  traceparent  text,
  since        timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX withheld_of_hold ON withheld (hold, user_id);
CREATE INDEX withheld_of_txn ON withheld (txn);

-- Who lost something unasked, for as long as it counts.
CREATE TABLE taken (
  user_id text        PRIMARY KEY,
  at      timestamptz NOT NULL
);
