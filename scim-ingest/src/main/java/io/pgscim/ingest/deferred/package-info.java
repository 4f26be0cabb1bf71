/** Requests that are answered before they are done (RFC 9967 §2.5.1). */
package io.pgscim.ingest.deferred;
