/** What the cluster's catalogs say now about the roles in question. */
package io.pgscim.applier.current;
