-- These sessions are about to be ended at this place.
INSERT INTO pgscim.revocation_place AS known (revocation, place, arrived, pids)
SELECT note.id, $1, note.arrived, ARRAY(SELECT jsonb_array_elements_text(note.pids::jsonb)::integer)
FROM unnest($2::bigint[], $3::boolean[], $4::text[]) note (id, arrived, pids)
     JOIN pgscim.revocation ON revocation.id = note.id
ON CONFLICT (revocation, place) DO UPDATE
  SET arrived = known.arrived OR excluded.arrived,
      pids = ARRAY(SELECT DISTINCT pid FROM unnest(known.pids || excluded.pids) pid)
