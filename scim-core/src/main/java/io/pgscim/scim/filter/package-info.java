/** The filter language: text to AST, AST to a condition on a resource type, and its truth. */
package io.pgscim.scim.filter;
