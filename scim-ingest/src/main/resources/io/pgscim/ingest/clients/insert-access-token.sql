-- The tokens of one client secret stay few: a client that asks anew for every request loses its oldest ones.
WITH gone AS (
  DELETE FROM scim.access_token
  WHERE hash IN (
    SELECT hash FROM scim.access_token WHERE secret = $2 ORDER BY expires DESC OFFSET $4)
), changed AS (
  UPDATE scim.client_version SET value = value + 1
)
INSERT INTO scim.access_token (hash, secret, expires) VALUES ($1, $2, $3)
