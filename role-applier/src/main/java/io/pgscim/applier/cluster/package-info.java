/**
 * The connection to the managed cluster: transactions, what the login may do, the schema pgscim.
 */
package io.pgscim.applier.cluster;
