-- Groups that are members of groups. They have a table of their own, so that asking whether a group has to do with
-- nesting costs the same whatever the group holds.
CREATE TABLE nesting (
  parent_id uuid NOT NULL REFERENCES resource,
  child_id  uuid NOT NULL REFERENCES resource CHECK (child_id <> parent_id),
  PRIMARY KEY (parent_id, child_id)
);

CREATE INDEX nested_in ON nesting (child_id, parent_id);

-- Cycles are allowed (RFC 7644 §3.7.1 creates one): UNION ends where nothing new is found.
CREATE VIEW group_above (group_id, above_id) AS
  WITH RECURSIVE above (group_id, above_id) AS (
    SELECT child_id, parent_id FROM nesting
    UNION
    SELECT a.group_id, n.parent_id FROM above a JOIN nesting n ON n.child_id = a.above_id
  )
  SELECT group_id, above_id FROM above;

CREATE VIEW effective_member (group_id, user_id, direct) AS
  SELECT group_id, user_id, true FROM member
  UNION ALL
  SELECT DISTINCT a.above_id, m.user_id, false
  FROM group_above a JOIN member m ON m.group_id = a.group_id
  WHERE NOT EXISTS (SELECT FROM member d WHERE d.group_id = a.above_id AND d.user_id = m.user_id);

COMMENT ON TABLE member IS 'Which user is in which group directly; a change raises the version of the group.';
COMMENT ON TABLE nesting IS 'Which group is in which group directly; a change raises the version of the parent.';
COMMENT ON VIEW group_above IS 'Which group is in which group, directly or through groups in it.';
COMMENT ON VIEW effective_member IS 'Which user is in which group, directly or through groups in it; what the events tell.';
