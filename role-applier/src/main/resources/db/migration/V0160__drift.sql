-- The last reports of what the cluster has past its policy.
CREATE TABLE drift_report (
  id      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at      timestamptz NOT NULL DEFAULT now(),
  txn     text        NOT NULL,
  digest  text        NOT NULL,
  content text        NOT NULL -- JSON
);

-- From when the time until the next scheduled comparison is counted: the last one, before that the installation.
CREATE TABLE drift_clock (
  only_one boolean     PRIMARY KEY DEFAULT true CHECK (only_one),
  counted_from timestamptz NOT NULL DEFAULT now()
);
INSERT INTO drift_clock DEFAULT VALUES;
