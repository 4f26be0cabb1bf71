/** JSON as it comes over the wire, read strictly and within limits. */
package io.pgscim.scim.json;
