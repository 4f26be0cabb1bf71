/**
 * What the services say to each other: sealed, versioned records, the topics they travel on, and
 * their JSON.
 */
package io.pgscim.events;
