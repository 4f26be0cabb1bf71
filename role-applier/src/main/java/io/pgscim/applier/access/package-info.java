/** Who can do what to an object, and why: read from the catalogs, decided without asking again. */
package io.pgscim.applier.access;
