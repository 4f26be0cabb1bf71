package io.pgscim.bench;

import io.pgscim.audit.tlog.Bundle;
import io.pgscim.audit.tlog.Checkpoint;
import io.pgscim.audit.tlog.Edge;
import io.pgscim.audit.tlog.Hash;
import io.pgscim.audit.tlog.Note;
import io.pgscim.audit.tlog.SignerKey;
import io.pgscim.audit.tlog.Tile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * {@code audit verify}, as it is run by everybody, over logs of 10,000, 100,000 and 1,000,000
 * entries. Beside it a plain loop reads the same bytes and hashes them with SHA-256, once.
 */
final class Verify implements Bench.Benchmark {
  private static final List<Integer> SIZES = List.of(10_000, 100_000, 1_000_000);
  private static final int ROUNDS = 3;
  private static final Path AUDIT =
      Path.of(System.getProperty("pgscim.root", "..")).resolve("audit-sink/audit");

  @Override
  public List<Measure> run() throws Exception {
    List<Measure> measures = new ArrayList<>();
    double start = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      start = Math.min(start, start());
    }
    measures.add(Measure.of("the start of Java and of the command", start * 1000, "ms"));
    for (int size : SIZES) {
      Path folder = Files.createTempDirectory("verify");
      try {
        System.err.printf("verify: writing a log of %d entries%n", size);
        write(folder, size);
        measure(folder, size, start, measures);
      } finally {
        remove(folder);
      }
    }
    return measures;
  }

  private static double start() throws Exception {
    long start = System.nanoTime();
    if (new ProcessBuilder(AUDIT.toString(), "--help")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        != 0) {
      throw new IllegalStateException("audit --help failed");
    }
    return seconds(start);
  }

  private static void measure(Path folder, int size, double begin, List<Measure> measures)
      throws Exception {
    double limit = 0;
    double memory = 0;
    double fastest = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      plainLoop(folder);
      limit = Math.max(limit, size / seconds(start));
      start = System.nanoTime();
      memory = Math.max(memory, verify(folder));
      fastest = Math.min(fastest, seconds(start));
    }
    String entries = "%,d entries".formatted(size);
    measures.add(Measure.of(entries + ", the whole command", size / fastest, "1/s"));
    if (size == SIZES.getLast()) {
      measures.add(
          Measure.beside(
              entries + ", after the start, beside a loop that reads and hashes",
              size / (fastest - begin),
              "1/s",
              limit));
    }
    measures.add(Measure.of(entries + ", resident memory, most", memory, "MB"));
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Peak of resident memory in megabytes, looked at until the command ends. */
  private static double verify(Path folder) throws Exception {
    Process process =
        new ProcessBuilder(AUDIT.toString(), "verify", folder.toString(), "--json")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    double most = 0;
    while (!process.waitFor(10, TimeUnit.MILLISECONDS)) {
      most = Math.max(most, resident(process.pid()));
    }
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.exitValue() != 0 || !answer.contains("\"verdict\":\"intact\"")) {
      throw new IllegalStateException("audit verify: " + answer);
    }
    return most;
  }

  private static double resident(long pid) throws IOException {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToDouble(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0)
          .sum();
    } catch (java.nio.file.NoSuchFileException ended) {
      return 0;
    }
  }

  private static void plainLoop(Path folder) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (Stream<Path> files = Files.walk(folder.resolve("tile/entries"))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        digest.update(Files.readAllBytes(file));
      }
    }
    if (digest.digest().length != Hash.SIZE) {
      throw new IllegalStateException("the loop must not be optimised away");
    }
  }

  /** The log that audit-sink would write, without its syncs. */
  private static void write(Path folder, int size) throws IOException {
    var edge = new Edge();
    var bundle = new ByteArrayOutputStream();
    Map<Tile, byte[]> tiles = new java.util.HashMap<>();
    for (int i = 0; i < size; i++) {
      byte[] entry = entry(i);
      Bundle.append(bundle, entry);
      edge.add(Hash.leaf(entry), tiles::put);
      if (edge.size() % Tile.FULL == 0 || i == size - 1) {
        tiles.put(Tile.holding(Tile.ENTRIES, i, size), bundle.toByteArray());
        bundle.reset();
      }
      for (var tile : tiles.entrySet()) {
        put(folder, tile.getKey().path(), tile.getValue());
      }
      tiles.clear();
    }
    for (Tile tile : Tile.edge(size)) {
      put(folder, tile.path(), edge.bytes(tile));
    }
    SignerKey key = SignerKey.generate("pgscim.example/audit");
    put(folder, "vkey", key.verifier().text().getBytes(StandardCharsets.UTF_8));
    var checkpoint = new Checkpoint("pgscim.example/audit", size, edge.root());
    put(folder, "checkpoint", Note.sign(checkpoint.text(), key).getBytes(StandardCharsets.UTF_8));
  }

  private static void put(Path folder, String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  /** A membership that was granted: the most frequent entry, in its usual length. */
  private static byte[] entry(int i) {
    return """
    {"details":{"description":"make person%1$d@example.com a member of analytics_read",\
    "sql":"GRANT \\"analytics_read\\" TO \\"person%1$d@example.com\\" GRANTED BY \\"pgscim_granter\\""},\
    "event":"%2$s","form":1,"from":{"offset":%1$d,"partition":3,"topic":"role-changes"},"outcome":"applied",\
    "source":"/clusters/production","trace":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",\
    "txn":"t-%1$d","type":"io.pgscim.role.changed","what":"grant-membership",\
    "when":{"happened":"2026-03-01T09:30:00.005Z","logged":"2026-03-01T09:30:00.020Z",\
    "recorded":"2026-03-01T09:30:00.009Z","requested":"2026-03-01T09:30:00Z"},\
    "which":{"cluster":"production","object":"analytics_read","role":"person%1$d@example.com","user":"u%1$d"},\
    "who":"okta/token-1"}"""
        .formatted(i, new UUID(i * 0x9E3779B97F4A7C15L, i))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
