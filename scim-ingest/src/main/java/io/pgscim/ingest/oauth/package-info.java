/** OAuth 2.0 client credentials: a client secret becomes an access token (RFC 6749 §4.4). */
package io.pgscim.ingest.oauth;
