-- This is about to be done in a database.
INSERT INTO pgscim.intent (id, database, granted, entitlements, aggregatetype, aggregateid, type, headers, payload)
SELECT note.id, $1::text, note.granted, ARRAY(SELECT jsonb_array_elements_text(note.entitlements::jsonb)),
       note.topic, note.key, note.type, note.headers::jsonb, note.payload
FROM unnest($2::uuid[], $3::boolean[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bytea[])
     WITH ORDINALITY note (id, granted, entitlements, topic, key, type, headers, payload, place)
ORDER BY note.place
