package io.pgscim.applier.consume;

import io.pgscim.applier.consume.BatchReader.Raw;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Identity events as they arrive, for the one writer of a cluster: a thread of its own reads and
 * parses what comes next while the writer works on what came before. What waits here is one batch;
 * no offset of it is told before it is {@link #committed}.
 */
public final class IdentityRecords implements AutoCloseable {
  /**
   * Every GRANT makes PostgreSQL go through the access roles once, be it to one member or to many,
   * and everybody is looked at once in a batch: the more records come together, the less there is
   * to do. It also is how long whoever comes next can have to wait, a second or two.
   */
  public static final int MOST = 10_000;

  /** With so much waiting no more is read, however few they are. */
  private static final long MUCH = 8 << 20;

  private static final Duration IDLE = Duration.ofMillis(100);

  private final String topicName;
  private final IdentityTopic topic;
  private final Thread thread;

  // Guarded by this.
  private final Map<Integer, Long> untold = new HashMap<>();
  private BatchReader waiting;
  private boolean atEnd;
  private boolean closed;
  private RuntimeException failure;

  // The writer's.
  private boolean caughtUp;

  /**
   * Begins to read.
   *
   * @param kafka client configuration, with {@code bootstrap.servers}
   * @param positions where to begin, by partition; the first record where there is none
   */
  public IdentityRecords(
      Map<String, Object> kafka, String group, String topic, Map<Integer, Long> positions) {
    this.topicName = topic;
    this.topic = new IdentityTopic(kafka, group, topic, positions);
    this.waiting = new BatchReader(topic);
    this.thread = Thread.ofPlatform().name("reader").start(this::run);
  }

  /** What has arrived, waiting up to so long for something; nothing while the broker is away. */
  public synchronized Arrival poll(Duration patience) throws InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    for (long left = patience.toMillis();
        left > 0 && waiting.isEmpty() && failure == null;
        left = (until - System.nanoTime()) / 1_000_000) {
      wait(left);
    }
    if (failure != null) {
      throw failure;
    }
    BatchReader arrived = waiting;
    waiting = new BatchReader(topicName);
    caughtUp = atEnd;
    notifyAll();
    return arrived.arrival();
  }

  /** Whether everything was handed out that the topic held when reading began. */
  public boolean caughtUp() {
    return caughtUp;
  }

  /** Has the group told how far the ledger is, in a moment. */
  public synchronized void committed(Map<Integer, Long> offsets) {
    untold.putAll(offsets);
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    topic.wake();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (topic) {
      while (hasRoom()) {
        topic.committed(toTell());
        List<Raw> records = topic.poll(IDLE);
        BatchReader read = new BatchReader(topicName);
        records.forEach(read::add);
        hand(read, topic.caughtUp());
      }
      topic.committed(toTell());
    } catch (RuntimeException e) {
      fail(e);
    } catch (InterruptedException | Error e) { // Nobody would read any more, and nobody know it.
      fail(new IllegalStateException("reading identity events ended", e));
    }
  }

  /** Waits for room; false once nobody wants more. */
  private synchronized boolean hasRoom() throws InterruptedException {
    while (!closed
        && (waiting.size() + IdentityTopic.MOST_AT_ONCE > MOST || waiting.bytes() > MUCH)) {
      wait();
    }
    return !closed;
  }

  private synchronized Map<Integer, Long> toTell() {
    Map<Integer, Long> offsets = Map.copyOf(untold);
    untold.clear();
    return offsets;
  }

  private synchronized void hand(BatchReader read, boolean end) {
    waiting.add(read);
    atEnd = end;
    notifyAll();
  }

  /** The writer is the one to say so, and begins anew. */
  private synchronized void fail(RuntimeException reason) {
    failure = reason;
    notifyAll();
  }
}
