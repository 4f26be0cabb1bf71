/** Attribute notation: what a path names, and what that is in a resource type (RFC 7644 §3.10). */
package io.pgscim.scim.path;
