package io.pgscim.audit.append;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pgscim.audit.disk.Disk;
import io.pgscim.audit.entry.Digest;
import io.pgscim.audit.entry.Line;
import io.pgscim.audit.entry.Position;
import io.pgscim.audit.index.Index;
import io.pgscim.audit.index.IndexKeeper;
import io.pgscim.audit.index.Lookup;
import io.pgscim.audit.tree.Keeping;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * What {@code end-to-end/bench append} measures, in a process of its own whose memory is its own:
 * the service's journal, tree and index, without Kafka. Prints {@code name<TAB>value} lines.
 *
 * <p>The plain loop runs while tree and index have nothing to do, just before and just after what
 * it is compared with.
 */
final class AppendRun {
  private static final int PEOPLE = 50_000;
  private static final int LOOKUPS = 500;

  /** Batches of catching up, as {@code consume} polls at most; and of traffic. */
  private static final int FULL = 2000;

  private static final List<Integer> BATCHES = List.of(1, 10, 100, FULL);
  private static final int ROUNDS = 6;
  private static final int BATCHES_OF_A_ROUND = 50;

  private final Path folder;

  private AppendRun(Path folder) {
    this.folder = folder;
  }

  /**
   * @param arguments a folder that is not there yet, and sizes to stop at
   */
  public static void main(String[] arguments) throws Exception {
    int[] sizes = Arrays.stream(arguments).skip(1).mapToInt(Integer::parseInt).toArray();
    try {
      Files.createDirectories(Path.of(arguments[0]));
      new AppendRun(Path.of(arguments[0])).run(sizes);
      System.exit(0);
    } catch (Exception e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private void run(int[] sizes) throws Exception {
    try (var sink = new Written(folder.resolve("warm-up"))) {
      sink.append(400_000, FULL);
      sink.follow();
      plain(100, FULL);
    }
    for (int batch : BATCHES) {
      try (var sink = new Written(folder.resolve("batches-" + batch))) {
        batches(sink, batch);
      }
    }
    Path at = folder.resolve("log");
    try (var sink = new Written(at)) {
      for (int size : sizes) {
        grow(sink, size);
      }
      lookups(sink.log, sink.index);
      sink.keeper.stop();
      rebuild(at, sink.log);
    }
  }

  private void batches(Written sink, int batch) throws Exception {
    long plain = 0;
    long appended = 0;
    for (int round = 0; round < ROUNDS; round++) {
      plain += plain(BATCHES_OF_A_ROUND, batch);
      appended += sink.append(sink.log.size() + BATCHES_OF_A_ROUND * batch, batch);
      sink.follow();
    }
    double entries = (double) ROUNDS * BATCHES_OF_A_ROUND * batch;
    say("plain in " + batch, entries * 1e9 / plain);
    say("append in " + batch, entries * 1e9 / appended);
  }

  private void grow(Written sink, int size) throws Exception {
    long entries = size - sink.log.size();
    double plain = plain(BATCHES_OF_A_ROUND, FULL);
    long began = System.nanoTime();
    say("append " + size, entries * 1e9 / sink.append(size, FULL));
    while (sink.index.size() < size) {
      Thread.sleep(1);
    }
    say("indexed " + size, entries * 1e9 / (System.nanoTime() - began));
    sink.follow();
    say("signed " + size, entries * 1e9 / (System.nanoTime() - began));
    plain += plain(BATCHES_OF_A_ROUND, FULL);
    say("plain " + size, 2.0 * BATCHES_OF_A_ROUND * FULL * 1e9 / plain);
    say("heap " + size, heap());
    say("rss " + size, rss());
  }

  /** A log that is written, with those who follow it. */
  private static final class Written implements AutoCloseable {
    private final Index index = new Index();
    private final FileLog log;
    private final Keeping tree;
    private final IndexKeeper keeper;

    Written(Path at) throws IOException {
      log = FileLog.open(new Disk(at), index);
      tree = new Keeping(log, new Disk(at));
      keeper = new IndexKeeper(log, index, at);
      keeper.start();
    }

    /** Nanoseconds of holding against the log and appending, until it has so many entries. */
    long append(long size, int batch) throws IOException {
      long took = 0;
      while (log.size() < size) {
        List<Line> lines = lines(log.size(), (int) Math.min(batch, size - log.size()));
        long start = System.nanoTime();
        if (!log.holds(lines.stream().map(Line::event).toList()).isEmpty()) {
          throw new IllegalStateException("an entry that nobody appended");
        }
        log.append(lines);
        took += System.nanoTime() - start;
      }
      return took;
    }

    /** Waits until all of it is in the index and signed. */
    void follow() throws InterruptedException {
      while (index.size() < log.size() || tree.signed() < log.size()) {
        Thread.sleep(1);
      }
    }

    @Override
    public void close() throws Exception {
      tree.close();
      keeper.stop();
      log.close();
    }
  }

  /** Nanoseconds of writing and syncing batches to one file, and nothing else. */
  private long plain(int batches, int batch) throws IOException {
    Path file = folder.resolve("plain.jsonl");
    long took = 0;
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int i = 0; i < batches; i++) {
        List<Line> lines = lines((long) i * batch, batch);
        long start = System.nanoTime();
        int length = lines.stream().mapToInt(line -> line.bytes().length + 1).sum();
        ByteBuffer bytes = ByteBuffer.allocate(length);
        lines.forEach(line -> bytes.put(line.bytes()).put((byte) '\n'));
        bytes.flip();
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
        took += System.nanoTime() - start;
      }
    }
    Files.delete(file);
    return took;
  }

  private void lookups(AuditLog log, Index index) throws IOException {
    long[] took = new long[LOOKUPS];
    for (int i = 0; i < LOOKUPS; i++) {
      String user = "u" + (i * 97) % PEOPLE;
      long start = System.nanoTime();
      List<Long> found = index.find(Lookup.of("user", user, 100));
      for (long entry : found) {
        String text = new String(log.read(entry, 1).getFirst(), StandardCharsets.UTF_8);
        if (!text.contains("\"user\":\"" + user + "\"")) {
          throw new IllegalStateException("entry " + entry + " is not of " + user);
        }
      }
      took[i] = System.nanoTime() - start;
      if (found.isEmpty()) {
        throw new IllegalStateException("nothing of " + user);
      }
    }
    Arrays.sort(took);
    say("lookup median", took[LOOKUPS / 2] / 1e6);
    say("lookup p99", took[LOOKUPS * 99 / 100] / 1e6);
  }

  private static void rebuild(Path at, AuditLog log) throws Exception {
    try (var files = Files.list(at.resolve("index"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    var index = new Index();
    var keeper = new IndexKeeper(log, index, at);
    long start = System.nanoTime();
    keeper.start();
    while (index.size() < log.size()) {
      Thread.sleep(5);
    }
    say("rebuild", log.size() * 1e9 / (System.nanoTime() - start));
    keeper.stop();
    say("rss rebuilt", rss());
  }

  /** As Entries makes them: one membership each, some 600 bytes; by partition, as Kafka gives. */
  private static List<Line> lines(long from, int count) {
    List<Line> lines = new ArrayList<>(count);
    for (long number = from; number < from + count; number++) {
      ByteBuffer random = ByteBuffer.wrap(Digest.sha256(Long.toString(number).getBytes(US_ASCII)));
      UUID event = new UUID(random.getLong() & ~0xF000L | 0x4000L, random.getLong());
      var txn = new UUID(random.getLong(), random.getLong()).toString();
      var position = new Position("identity-events", (int) (number / 170 % 12), number);
      String second = Integer.toString((int) (number / 1000 % 50 + 10));
      String json =
          "{\"event\":\""
              + event
              + "\",\"form\":1,\"from\":{\"offset\":"
              + position.offset()
              + ",\"partition\":"
              + position.partition()
              + ",\"topic\":\"identity-events\"},\"outcome\":\"recorded\",\"source\":\"/scim/v2/okta\","
              + "\"trace\":\"00-"
              + txn.replace("-", "")
              + "-00f067aa0ba902b7-01\",\"txn\":\""
              + txn
              + "\",\"type\":\"io.pgscim.identity.membership.state.v1\",\"what\":\"add-member\","
              + "\"when\":{\"happened\":\"2026-03-01T09:30:00.123456Z\",\"logged\":\"2026-03-01T09:30:"
              + second
              + ".123456Z\",\"recorded\":\"2026-03-01T09:30:00.130000Z\","
              + "\"requested\":\"2026-03-01T09:30:00.100000Z\"},\"which\":{\"group\":\"g"
              + number % 97
              + "\",\"user\":\"u"
              + number % PEOPLE
              + "\"},\"who\":\"okta/token-1\"}";
      lines.add(new Line(event, position, json.getBytes(US_ASCII), null, null));
    }
    return lines;
  }

  /** Megabytes in use after a collection. */
  private static double heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1048576.0;
  }

  /** Resident megabytes. */
  private static double rss() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0)
        .sum();
  }

  private static void say(String name, double value) {
    System.out.println(name + "\t" + value);
  }
}
