/** Shows the log over HTTP, and says whether the service is able to write it. */
package io.pgscim.audit.read;
