/** A resource as a client sends it becomes one as the server keeps it (RFC 7643 §2, §3). */
package io.pgscim.scim.resource;
