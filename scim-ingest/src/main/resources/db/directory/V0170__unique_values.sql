-- The values that no other resource of their source and type may have, in comparable form, apart from the one by which
-- resources are called, which resource_unique_name looks after. The attribute stands first: an error about the key says
-- which one it is, before anything a client sent.
CREATE TABLE unique_value (
  attribute   text COLLATE "C" NOT NULL,
  value       text COLLATE "C" NOT NULL,
  source      text COLLATE "C" NOT NULL,
  type        text COLLATE "C" NOT NULL,
  resource_id uuid NOT NULL REFERENCES resource ON DELETE CASCADE,
  PRIMARY KEY (attribute, value, source, type)
);

CREATE INDEX unique_value_of ON unique_value (resource_id);

-- What the rows of each resource type were made by: when its schema says something else, they are made again.
CREATE TABLE resource_type (
  name       text COLLATE "C" PRIMARY KEY,
  definition text NOT NULL
);

COMMENT ON TABLE unique_value IS 'Values of attributes that are unique by their schema; written by scim-ingest only.';
COMMENT ON TABLE resource_type IS 'How the resources of each type are indexed; written by scim-ingest only.';
