/** Schemas and resource types as data, read from JSON (RFC 7643 §2, §6, §7). */
package io.pgscim.scim.schema;
