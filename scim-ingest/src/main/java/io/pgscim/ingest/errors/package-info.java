/** What went wrong, as a SCIM error (RFC 7644 §3.12). */
package io.pgscim.ingest.errors;
