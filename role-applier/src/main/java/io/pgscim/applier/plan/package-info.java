/**
 * What has to change for the cluster to be as wanted: data, in the order it has to happen. Pure.
 */
package io.pgscim.applier.plan;
