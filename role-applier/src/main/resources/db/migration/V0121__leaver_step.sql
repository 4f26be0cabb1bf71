-- What a leaver leaves behind in one database is about to be given away: noted before, told of after, so that it is told
-- once whatever happens in between.
CREATE TABLE leaver_step (
  subject  text    NOT NULL,
  database text    NOT NULL,
  objects  integer NOT NULL, -- how many it owned there
  PRIMARY KEY (subject, database)
);

CREATE INDEX managed_role_disabled ON managed_role (since) WHERE state = 'disabled' AND user_id IS NOT NULL;
