package io.pgscim.audit.index;

import io.pgscim.audit.entry.Digest;
import java.io.IOException;
import java.util.Arrays;

/**
 * Entries on their way into the index. Their terms are kept in one sorted array of numbers, so that
 * they go into the tree of the database from left to right.
 */
final class Batch {
  /** An entry's place in the batch has 16 bits beside its term. */
  static final int MOST = 1 << 16;

  private final long first;
  private final long[] logged = new long[MOST];
  private long[] postings = new long[MOST];
  private int entries;
  private int count;
  private byte[] last;

  Batch(long first) {
    this.first = first;
  }

  /** Adds the next entry. */
  void add(byte[] entry) throws IOException {
    logged[entries] = Facts.read(entry, this::posting);
    entries++;
    last = entry;
  }

  private void posting(long term) {
    if (count == postings.length) {
      postings = Arrays.copyOf(postings, count * 2);
    }
    postings[count++] = term << 16 | entries;
  }

  boolean full() {
    return entries == MOST;
  }

  boolean isEmpty() {
    return entries == 0;
  }

  /** The index behind the last entry. */
  long next() {
    return first + entries;
  }

  long first() {
    return first;
  }

  /** When the log took entry {@code index}, milliseconds since 1970. */
  long logged(long index) {
    return logged[(int) (index - first)];
  }

  /** SHA-256 of the last entry. */
  byte[] lastDigest() {
    return Digest.sha256(last);
  }

  /** Told of a term and the index of an entry that has it. */
  interface Posting<E extends Exception> {
    void posting(long term, long index) throws E;
  }

  /** All terms, each with its entries in order. */
  <E extends Exception> void postings(Posting<E> posting) throws E {
    Arrays.sort(postings, 0, count);
    for (int i = 0; i < count; i++) {
      posting.posting(postings[i] >>> 16, first + (postings[i] & 0xFFFF));
    }
  }
}
