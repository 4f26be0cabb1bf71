/**
 * What goes wrong, on purpose: faults of processes, connections, the disk and the order of things.
 */
package io.pgscim.chaos.nemesis;
