/** Where a client has come to in a list, in a form only this server can read (RFC 9865). */
package io.pgscim.ingest.cursor;
