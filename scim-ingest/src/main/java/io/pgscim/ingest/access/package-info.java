/** Who may push: a bearer token becomes an actor, or the request ends here. */
package io.pgscim.ingest.access;
