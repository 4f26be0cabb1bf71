/**
 * What access roles may do in the databases of the cluster: wanted, current, and the difference.
 */
package io.pgscim.applier.privileges;
