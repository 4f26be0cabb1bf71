/**
 * What each person should have on the cluster, from what the directory and the policy say. Pure.
 */
package io.pgscim.applier.wanted;
