-- How many bytes the document has as text, so that a page can end before it is too large without anything being read.
ALTER TABLE resource ADD COLUMN size integer NOT NULL GENERATED ALWAYS AS (octet_length(document::text)) STORED;
