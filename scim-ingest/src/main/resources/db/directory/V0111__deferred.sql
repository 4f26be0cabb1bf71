-- Requests to be done later (RFC 9967 §2.5.1): what a 202 stands for. The body goes when the request is complete.
CREATE TABLE deferred (
  position      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  txn           uuid        NOT NULL UNIQUE,
  source        text        COLLATE "C" NOT NULL,
  source_path   text        NOT NULL,
  tolerance     text        NOT NULL,
  actor         text        NOT NULL,
  arrived       timestamptz NOT NULL,
  traceparent   text,
  base_url      text        NOT NULL,
  method        text        NOT NULL,
  path          text        NOT NULL,
  if_match      text,
  if_none_match text,
  body          text,
  completed     timestamptz,
  CHECK (completed IS NULL OR body IS NULL)
);

CREATE INDEX deferred_waiting ON deferred (position) WHERE completed IS NULL;
CREATE INDEX deferred_completed ON deferred (completed) WHERE completed IS NOT NULL;

-- How each operation ended. Inserted in the transaction of what the operation did, so that neither is there without
-- the other, and never twice.
CREATE TABLE completion (
  txn       uuid    NOT NULL REFERENCES deferred (txn) ON DELETE CASCADE,
  operation integer NOT NULL CHECK (operation >= 0),
  location  text, -- of the resource
  event     text, -- the completion event; NULL for what was created but not completed yet
  PRIMARY KEY (txn, operation)
);

COMMENT ON TABLE deferred IS 'Requests that were answered with 202, until they are done and their events have been there for a while.';
COMMENT ON TABLE completion IS 'Completion events of deferred requests, for their clients to read.';
