/**
 * Finds entries without reading them all: derived from the log, behind it, and made anew at will.
 */
package io.pgscim.audit.index;
