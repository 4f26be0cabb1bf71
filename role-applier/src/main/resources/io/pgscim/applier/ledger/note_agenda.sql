-- These users have to be looked at again at these moments.
INSERT INTO pgscim.agenda AS known (user_id, at) SELECT * FROM unnest($1::text[], $2::timestamptz[])
ON CONFLICT (user_id) DO UPDATE SET at = excluded.at WHERE known.at <> excluded.at
