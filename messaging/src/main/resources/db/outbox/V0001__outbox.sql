-- Events that are true and not yet on Kafka. A queue, not a log: the relay deletes a row once the broker has it.
-- The columns are those of Debezium's outbox event router, so that it can take the relay's place.
CREATE TABLE outbox (
  position      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id            uuid        NOT NULL,
  aggregatetype text        NOT NULL, -- the topic
  aggregateid   text        NOT NULL, -- the record's key
  type          text        NOT NULL, -- CloudEvents type
  headers       jsonb       NOT NULL,
  payload       bytea       NOT NULL,
  created_at    timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Rows live for milliseconds: without eager vacuuming the index is mostly dead entries under load.
ALTER TABLE outbox SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
