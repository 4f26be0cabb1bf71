-- The people and groups that identity providers pushed: one row per resource, one per membership.
CREATE TABLE resource (
  id          uuid        PRIMARY KEY,
  source      text        COLLATE "C" NOT NULL, -- which identity provider
  type        text        COLLATE "C" NOT NULL CHECK (type <> ''), -- which resource type
  version     bigint      NOT NULL CHECK (version > 0),
  created     timestamptz NOT NULL,
  modified    timestamptz NOT NULL,
  -- What the resource is called, in comparable form: userName, displayName.
  name        text        COLLATE "C",
  name_unique boolean     NOT NULL,
  external_id text        COLLATE "C",
  document    jsonb       NOT NULL, -- as the client sent it, spelled as the schema spells it
  comparable  jsonb       NOT NULL  -- the same with every value in its comparable form: what filters look at
);

-- What is looked for stands first: no lookup can be served by walking through a whole type instead, which is what
-- the planner takes to be cheap as long as it has no statistics, in the first minute of the first synchronisation.
CREATE UNIQUE INDEX resource_unique_name ON resource (name, source, type) WHERE name_unique;
CREATE INDEX resource_name ON resource (name, source, type) WHERE NOT name_unique;
CREATE INDEX resource_external_id ON resource (external_id, source, type) WHERE external_id IS NOT NULL;
-- Ids rise with time, so this is also the order of creation, in which pages are served. For the same reason only
-- queries that repeat the condition, which always holds, can use it.
CREATE INDEX resource_in_order ON resource (source, type, id) WHERE type <> '';

-- A row per membership, so that one change costs one row whatever the group holds.
CREATE TABLE member (
  group_id uuid NOT NULL REFERENCES resource,
  user_id  uuid NOT NULL REFERENCES resource,
  PRIMARY KEY (group_id, user_id)
);

CREATE INDEX member_of ON member (user_id, group_id);

COMMENT ON TABLE resource IS 'Users and groups as the identity providers pushed them; written by scim-ingest only.';
COMMENT ON TABLE member IS 'Who is in which group; a change raises the version of the group.';
