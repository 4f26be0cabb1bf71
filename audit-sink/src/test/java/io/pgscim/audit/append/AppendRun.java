package io.pgscim.audit.append;

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
 */
final class AppendRun {
  private static final int PEOPLE = 50_000;
  private static final int PLAIN = 100_000;
  private static final int LOOKUPS = 500;

  private final Path folder;
  private final int batch;

  private AppendRun(Path folder, int batch) {
    this.folder = folder;
    this.batch = batch;
  }

  /**
   * @param arguments a folder that is not there yet, entries of a batch, and sizes to stop at
   */
  public static void main(String[] arguments) throws Exception {
    var run = new AppendRun(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    run.plain("warm-up");
    say("plain", run.plain("plain"));
    int[] sizes = Arrays.stream(arguments).skip(2).mapToInt(Integer::parseInt).toArray();
    try {
      run.log(sizes);
      System.exit(0);
    } catch (Exception e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  /** Writes and syncs batches to one file, and nothing else; entries a second. */
  private double plain(String name) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(name + ".jsonl");
    long took = 0;
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int at = 0; at < PLAIN; at += batch) {
        List<Line> lines = lines(at);
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
    return PLAIN * 1e9 / took;
  }

  private void log(int[] sizes) throws Exception {
    Path at = folder.resolve("log");
    var index = new Index();
    try (var log = FileLog.open(new Disk(at), index);
        var tree = new Keeping(log, new Disk(at))) {
      var keeper = new IndexKeeper(log, index, at);
      keeper.start();
      for (int size : sizes) {
        long from = log.size();
        long took = 0;
        long began = System.nanoTime();
        while (log.size() < size) {
          List<Line> lines = lines((int) log.size());
          long start = System.nanoTime();
          if (!log.holds(lines.stream().map(Line::event).toList()).isEmpty()) {
            throw new IllegalStateException("an entry that nobody appended");
          }
          log.append(lines);
          took += System.nanoTime() - start;
        }
        say("append " + size, (size - from) * 1e9 / took);
        while (index.size() < size) {
          Thread.sleep(5);
        }
        say("indexed " + size, (size - from) * 1e9 / (System.nanoTime() - began));
        while (tree.signed() < size) {
          Thread.sleep(5);
        }
        say("signed " + size, (size - from) * 1e9 / (System.nanoTime() - began));
        Thread.sleep(300);
        say("heap " + size, heap());
        say("rss " + size, rss());
      }
      lookups(log, index);
      keeper.stop();
      rebuild(at, log);
    }
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

  private List<Line> lines(int from) {
    List<Line> lines = new ArrayList<>(batch);
    for (int number = from; number < from + batch; number++) {
      byte[] name = Digest.sha256(Integer.toString(number).getBytes(StandardCharsets.US_ASCII));
      ByteBuffer random = ByteBuffer.wrap(name);
      UUID event = new UUID(random.getLong() & ~0xF000L | 0x4000L, random.getLong());
      var txn = new UUID(random.getLong(), random.getLong());
      // As Entries makes them: one membership each, some 600 bytes.
      String json =
          """
          {"event":"%s","form":1,"from":{"offset":%d,"partition":%d,"topic":"identity-events"},\
          "outcome":"recorded","source":"/scim/v2/okta","trace":"00-%s-00f067aa0ba902b7-01",\
          "txn":"%s","type":"io.pgscim.identity.membership.state.v1","what":"add-member",\
          "when":{"happened":"2026-03-01T09:30:00.123456Z","logged":"2026-03-01T09:%02d:%02d.123456Z",\
          "recorded":"2026-03-01T09:30:00.130000Z","requested":"2026-03-01T09:30:00.100000Z"},\
          "which":{"group":"g%d","user":"u%d"},"who":"okta/token-1"}\
          """
              .formatted(
                  event,
                  number / 12,
                  number % 12,
                  txn.toString().replace("-", ""),
                  txn,
                  number / 60_000 % 60,
                  number / 1000 % 60,
                  number % 97,
                  number % PEOPLE);
      lines.add(
          new Line(
              event,
              new Position("identity-events", number % 12, number / 12),
              json.getBytes(StandardCharsets.UTF_8),
              null,
              null));
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
