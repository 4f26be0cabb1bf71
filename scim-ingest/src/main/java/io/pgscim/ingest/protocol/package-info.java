/** HTTP: a request comes in, an answer in SCIM's JSON goes out, whatever happens in between. */
package io.pgscim.ingest.protocol;
