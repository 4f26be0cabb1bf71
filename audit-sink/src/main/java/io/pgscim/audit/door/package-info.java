/** Who may read the log over HTTP, and who may forget a person. */
package io.pgscim.audit.door;
