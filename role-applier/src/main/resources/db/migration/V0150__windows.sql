-- When people joined, what identity providers call groups, and when the clock alone changes what somebody should have.
ALTER TABLE ledger_membership ADD COLUMN joined_at timestamptz; -- null while absent, and as long as nobody knows
ALTER TABLE ledger_group ADD COLUMN external_id text;

CREATE TABLE agenda (
  user_id text        PRIMARY KEY,
  at      timestamptz NOT NULL
);
CREATE INDEX agenda_in_order ON agenda (at);

DROP INDEX ledger_membership_begins;
DROP INDEX ledger_membership_ends;

-- What an older ledger never wrote down stands in the topic. It is read once more, and of each key the latest state
-- counts as news; an older one does not.
UPDATE ledger_membership SET version = version - 1;
UPDATE ledger_group SET version = version - 1;
DELETE FROM ledger_position;
