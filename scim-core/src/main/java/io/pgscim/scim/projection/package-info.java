/** Which attributes an answer shows (RFC 7644 §3.9). */
package io.pgscim.scim.projection;
