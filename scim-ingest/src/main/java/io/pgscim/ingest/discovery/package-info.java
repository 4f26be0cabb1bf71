/** What the server says about itself (RFC 7644 §4). */
package io.pgscim.ingest.discovery;
