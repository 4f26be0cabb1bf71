/**
 * The service: one writer for one cluster, from the records of a topic to roles and their events.
 */
package io.pgscim.applier;
