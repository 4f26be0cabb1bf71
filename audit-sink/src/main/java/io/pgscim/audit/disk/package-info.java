/** Files of the log: whole or not there, and on disk when said so. */
package io.pgscim.audit.disk;
