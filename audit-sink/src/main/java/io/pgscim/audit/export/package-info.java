/** Entries in the forms that others read: JSON Lines, CSV, OCSF. Pure. */
package io.pgscim.audit.export;
