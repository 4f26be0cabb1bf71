/**
 * PATCH: what its operations mean for a document, and for the members of a group (RFC 7644 §3.5.2).
 */
package io.pgscim.scim.patch;
