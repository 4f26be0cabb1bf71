-- Access ends on every server that people log in to: the primary, and each reader, which has sessions of its own.
ALTER TABLE revocation
  DROP COLUMN pids,
  ADD COLUMN noted_at timestamptz NOT NULL DEFAULT now(),
  ADD COLUMN unproven text; -- what was last said of why there is no proof yet

CREATE TABLE revocation_place (
  revocation bigint    NOT NULL REFERENCES revocation ON DELETE CASCADE,
  place      text      NOT NULL, -- primary, or a reader's host:port
  arrived    boolean   NOT NULL, -- what was taken away was gone there when these sessions were noted
  pids       integer[] NOT NULL, -- sessions found there, noted before they are ended
  gone_at    timestamptz,        -- when none of those that must end was left
  PRIMARY KEY (revocation, place)
);
