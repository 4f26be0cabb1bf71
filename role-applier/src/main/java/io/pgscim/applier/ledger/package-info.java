/** What the applier knows of the directory, kept in the cluster itself. */
package io.pgscim.applier.ledger;
