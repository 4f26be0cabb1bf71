/** Many operations in one request, which may name each other's results (RFC 7644 §3.7). */
package io.pgscim.ingest.bulk;
