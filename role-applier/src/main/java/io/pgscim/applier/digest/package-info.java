/** Fingerprints. */
package io.pgscim.applier.digest;
