package io.pgscim.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * HTTP requests over a number of connections: as many as the service answers, on each connection
 * the next as soon as the last was answered; or at a set rate, whatever the service does. One
 * thread and next to no work per request, because it shares the cores with what it measures.
 */
final class LoadClient implements AutoCloseable {
  /** Instead of a status: whatever says that it was done. */
  static final int ANY_SUCCESS = 2;

  /** Longer waits for the next request would begin it late, shorter ones cost a core. */
  private static final long MOST_NANOS_ASLEEP = 100_000;

  private final Selector selector;
  private final List<Lane> lanes = new ArrayList<>();

  /** Writes requests down. */
  @FunctionalInterface
  interface Requests {
    byte[] next();
  }

  /**
   * What a run came to.
   *
   * @param answers how many there were
   * @param took from the first request to the last answer
   * @param latencies from when each request was due to its answer; where nothing is due because
   *     each waits for the one before, from when it was sent
   */
  record Run(long answers, Duration took, Latencies latencies) {
    double perSecond() {
      return answers * 1e9 / took.toNanos();
    }
  }

  /** A connection, and the answer that is arriving on it. */
  private static final class Lane {
    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocate(64 * 1_024);
    private long due;
    private long missing;

    Lane(SocketChannel channel) {
      this.channel = channel;
    }

    void send(byte[] request, long due) throws IOException {
      ByteBuffer out = ByteBuffer.wrap(request);
      this.due = due;
      while (out.hasRemaining()) {
        channel.write(out);
      }
    }

    /** Takes in what arrived; true once the answer is complete. */
    boolean receive(int wanted) throws IOException {
      if (channel.read(in) < 0) {
        throw new IOException("the service closed a connection");
      }
      if (missing > 0) {
        missing -= in.position();
        in.clear();
        return missing <= 0;
      }
      String head = new String(in.array(), 0, in.position(), StandardCharsets.ISO_8859_1);
      int end = head.indexOf("\r\n\r\n");
      if (end < 0) {
        return false;
      }
      int status = Integer.parseInt(head, 9, 12, 10);
      if (status != wanted && !(wanted == ANY_SUCCESS && status / 100 == 2)) {
        throw new IOException("not " + wanted + " but " + head);
      }
      missing = end + 4 + length(head, end) - in.position();
      in.clear();
      return missing <= 0;
    }

    private static long length(String head, int end) {
      int at = head.indexOf("content-length: ");
      return at < 0 || at > end
          ? 0
          : Long.parseLong(head.substring(at + 16, head.indexOf('\r', at)));
    }
  }

  LoadClient(int port, int connections) {
    try {
      selector = Selector.open();
      for (int i = 0; i < connections; i++) {
        Lane lane = new Lane(SocketChannel.open(new InetSocketAddress("127.0.0.1", port)));
        lane.channel.configureBlocking(false);
        lane.channel.register(selector, SelectionKey.OP_READ, lane);
        lanes.add(lane);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Goes on for that long, then waits for the answers that are out; all must have the status. */
  Run run(Duration time, int status, Requests requests) {
    return run(Long.MAX_VALUE, time, status, requests);
  }

  /** Sends that many requests. */
  Run run(long count, int status, Requests requests) {
    return run(count, Duration.ofMinutes(10), status, requests);
  }

  private Run run(long count, Duration time, int status, Requests requests) {
    try {
      Latencies latencies = new Latencies();
      long began = System.nanoTime();
      long deadline = began + time.toNanos();
      long sent = 0;
      int out = 0;
      for (Lane lane : lanes) {
        if (sent < count) {
          lane.send(requests.next(), System.nanoTime());
          sent++;
          out++;
        }
      }
      while (out > 0) {
        selector.select();
        for (SelectionKey key : selector.selectedKeys()) {
          Lane lane = (Lane) key.attachment();
          if (lane.receive(status)) {
            long now = System.nanoTime();
            latencies.add(Duration.ofNanos(now - lane.due));
            if (sent < count && now < deadline) {
              lane.send(requests.next(), System.nanoTime());
              sent++;
            } else {
              out--;
            }
          }
        }
        selector.selectedKeys().clear();
      }
      return new Run(latencies.count(), Duration.ofNanos(System.nanoTime() - began), latencies);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Requests that are due at a steady rate. One that finds no free connection waits for one, and
   * its latency counts from when it was due: a stall is seen by everybody who would have waited in
   * it.
   */
  Run atRate(double perSecond, Duration time, int status, Requests requests) {
    return atRate(perSecond, Math.round(perSecond * time.toNanos() / 1e9), status, requests);
  }

  /** The same for a number of requests. */
  Run atRate(double perSecond, long count, int status, Requests requests) {
    try {
      Latencies latencies = new Latencies();
      long began = System.nanoTime();
      Deque<Lane> free = new ArrayDeque<>(lanes);
      long sent = 0;
      while (latencies.count() < count) {
        long due = began + Math.round(sent * 1e9 / perSecond);
        if (sent < count && !free.isEmpty()) {
          long early = due - System.nanoTime();
          if (early <= 0) {
            free.poll().send(requests.next(), due);
            sent++;
            continue;
          }
          if (selector.selectNow() == 0) {
            LockSupport.parkNanos(Math.min(early, MOST_NANOS_ASLEEP));
          }
        } else {
          selector.select();
        }
        for (SelectionKey key : selector.selectedKeys()) {
          Lane lane = (Lane) key.attachment();
          if (lane.receive(status)) {
            latencies.add(Duration.ofNanos(System.nanoTime() - lane.due));
            free.add(lane);
          }
        }
        selector.selectedKeys().clear();
      }
      return new Run(latencies.count(), Duration.ofNanos(System.nanoTime() - began), latencies);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      for (Lane lane : lanes) {
        lane.channel.close();
      }
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
