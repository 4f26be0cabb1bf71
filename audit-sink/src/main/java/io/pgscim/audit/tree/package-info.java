/** Grows the Merkle tree over the entries, as files that anyone can check, and signs it. */
package io.pgscim.audit.tree;
