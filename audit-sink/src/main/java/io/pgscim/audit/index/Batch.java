package io.pgscim.audit.index;

import io.pgscim.audit.entry.Digest;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * Entries on their way into the index. Their terms are kept in one sorted array of numbers, so that
 * they go into the tree of the database from left to right.
 */
final class Batch {
  /** An entry's place in the batch has 16 bits beside its term. */
  static final int MOST = 1 << 16;

  private static final int AT_ONCE = 8192;

  private final long first;
  private long[] logged = new long[256];
  private long[] postings = new long[2048];
  private int entries;
  private int count;
  private byte[] last;

  Batch(long first) {
    this.first = first;
  }

  /** Adds the next entry. */
  void add(byte[] entry) throws IOException {
    if (entries == logged.length) {
      logged = Arrays.copyOf(logged, entries * 2);
    }
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

  /** When the log took each entry, milliseconds since 1970, as a JSON array. */
  String logged() {
    return json(logged, 0, entries);
  }

  /** The latest of those times and the one before. */
  long highest(long before) {
    return Math.max(before, Arrays.stream(logged, 0, entries).max().orElse(before));
  }

  /** By how much the clock was set back at most, when it had come so far before. */
  long furthestBack(long before) {
    long high = before;
    long furthest = 0;
    for (int i = 0; i < entries; i++) {
      high = Math.max(high, logged[i]);
      furthest = Math.max(furthest, high - logged[i]);
    }
    return furthest;
  }

  /** SHA-256 of the last entry. */
  byte[] lastDigest() {
    return Digest.sha256(last);
  }

  /** Told of some postings: a JSON array of {@code term << 16 | place in the batch}. */
  interface Postings<E extends Exception> {
    void some(String json) throws E;
  }

  /** Told of each event's term. */
  void events(LongConsumer events) {
    Arrays.stream(postings, 0, count)
        .map(posting -> posting >> 16)
        .filter(term -> term >= Terms.EVENTS)
        .forEach(events);
  }

  /** All postings, each term's together and its entries in order. */
  <E extends Exception> void postings(Postings<E> postings) throws E {
    Arrays.sort(this.postings, 0, count);
    for (int at = 0; at < count; at += AT_ONCE) {
      postings.some(json(this.postings, at, Math.min(count, at + AT_ONCE)));
    }
  }

  private static String json(long[] numbers, int from, int to) {
    var json = new StringBuilder((to - from) * 20).append('[');
    for (int i = from; i < to; i++) {
      json.append(i == from ? "" : ",").append(numbers[i]);
    }
    return json.append(']').toString();
  }
}
