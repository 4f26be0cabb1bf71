/** The access review: who gained, lost and holds access, read from the log alone. Pure. */
package io.pgscim.audit.review;
