/**
 * Benchmarks: each runs the real services, and beside them, in the same run, the limit they are
 * measured against.
 */
package io.pgscim.bench;
