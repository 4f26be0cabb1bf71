/** Who may do what from where, and how often: a request becomes an actor's, or ends here. */
package io.pgscim.ingest.access;
