/** What SCIM requests mean for resources of any type (RFC 7644 §3.3 to §3.6). */
package io.pgscim.ingest.resources;
