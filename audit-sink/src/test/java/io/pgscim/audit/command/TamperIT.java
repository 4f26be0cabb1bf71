package io.pgscim.audit.command;

import static io.pgscim.audit.Samples.lines;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.audit.Samples;
import io.pgscim.audit.append.PrunedLog;
import io.pgscim.audit.entry.Digest;
import io.pgscim.audit.entry.Entries;
import io.pgscim.audit.entry.Line;
import io.pgscim.audit.people.People;
import io.pgscim.audit.tlog.Bundle;
import io.pgscim.audit.tlog.Hash;
import io.pgscim.audit.tlog.Hasher;
import io.pgscim.audit.tree.WrittenTree;
import io.pgscim.events.Cause;
import io.pgscim.events.Envelope;
import io.pgscim.events.UserState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is changed, removed or inserted in a log's folder is found, and named. The log has three
 * levels of tiles: 66,000 entries.
 */
class TamperIT {
  private static final int SIZE = 66_000;
  private static final int BESIDE = 400;
  @TempDir static Path intact;
  private static String key;

  @TempDir Path scratch;
  private Path folder;

  @BeforeAll
  static void write() throws Exception {
    List<Line> lines = new ArrayList<>(lines(0, SIZE));
    Line large = Samples.entry(Samples.received(Samples.changed(80_000), 0, SIZE), Samples.AT);
    lines.set(BESIDE, large);
    key = WrittenTree.write(intact, lines);
    Files.createDirectory(intact.resolve("beside"));
    Files.write(intact.resolve("beside/" + Digest.hex(large.beside()) + ".json"), large.beside());
  }

  /** Hard links: a test replaces files, it never writes into one. */
  @BeforeEach
  void copy() throws IOException {
    folder = scratch.resolve("log");
    try (Stream<Path> files = Files.walk(intact)) {
      for (Path file : files.toList()) {
        Path to = folder.resolve(intact.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.createLink(to, file);
        }
      }
    }
  }

  @Test
  void anUntouchedLogIsIntact() {
    assertThat(verify(0)).startsWith("intact: 66000 entries of pgscim.example/audit, root ");
    assertThat(verify(0, "--json"))
        .startsWith(
            "{\"verdict\":\"intact\",\"origin\":\"pgscim.example/audit\",\"size\":66000,\"root\":");
  }

  /** The length, the first, a middle and the last byte of entries. */
  @ParameterizedTest
  @CsvSource({
    "tile/entries/000, 2, entry 0 is not the one that was signed",
    "tile/entries/000, 0, entry 0 is not the one that was signed",
    "tile/entries/000, 1, entry 0 is not the one that was signed",
    "tile/entries/001, 90000, is not the one that was signed",
    "tile/entries/001, -1, entry 511 is not the one that was signed",
    "tile/entries/257.p/208, 5, entry 65792 is not the one that was signed",
    "tile/entries/257.p/208, -1, entry 65999 is not the one that was signed"
  })
  void aChangedByteOfAnEntryIsFound(String file, int at, String what) throws Exception {
    flip(file, at);

    assertThat(verify(1)).startsWith("broken: " + file + ": ").contains(what);
  }

  @ParameterizedTest
  @CsvSource({
    "tile/0/001, 40, hash 1 was changed: entry 257 is the one that was signed",
    "tile/0/257.p/208, 0, hash 0 was changed: entry 65792 is the one that was signed",
    "tile/1/000, 8191, hash 255 was changed: tile/0/255 is the one that was signed",
    "tile/1/001.p/1, 3, hash 0 was changed: tile/0/256 is the one that was signed",
    "tile/2/000.p/1, 31, hash 0 was changed: tile/1/000 is the one that was signed"
  })
  void aChangedByteOfATileIsFoundOnEveryLevel(String file, int at, String what) throws Exception {
    flip(file, at);

    assertThat(verify(1)).isEqualTo("broken: " + file + ": " + what + "\n");
  }

  /** Origin, size, root, blank line, mark, name and signature of the checkpoint. */
  @ParameterizedTest
  @ValueSource(ints = {0, 3, 21, 23, 27, 30, 60, 72, 75, 80, 110, 150, -2, -1})
  void aChangedByteOfTheCheckpointIsFound(int at) throws Exception {
    flip("checkpoint", at);

    assertThat(verify(1)).startsWith("broken: checkpoint: ");
  }

  @Test
  void everyByteOfTheCheckpointIsCovered(@TempDir Path small) throws Exception {
    String itsKey = WrittenTree.write(small, lines(0, 300));
    String untouched = Run.out(0, "verify", small, "--key", itsKey);
    byte[] bytes = Files.readAllBytes(small.resolve("checkpoint"));
    for (int at = 0; at < bytes.length; at++) {
      byte[] changed = bytes.clone();
      changed[at] ^= 1;
      Files.write(small.resolve("checkpoint"), changed);
      assertThat(Run.audit("verify", small, "--key", itsKey).out())
          .as("byte %d", at)
          .isNotEqualTo(untouched);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 40_000, -1})
  void aChangedByteOfDetailsBesideTheLogIsFound(int at) throws Exception {
    String file = beside();
    flip(file, at);

    assertThat(verify(1))
        .isEqualTo(
            "broken: " + file + ": was changed: entry 400 names the digest of other bytes\n");
  }

  @Test
  void missingDetailsAreFound() throws Exception {
    String file = beside();
    Files.delete(folder.resolve(file));

    assertThat(verify(1)).isEqualTo("broken: " + file + ": is missing: entry 400 names it\n");
  }

  @Test
  void whatIsSealedOfAPersonAndChangedIsFoundAndWhoWasErasedIsNot(@TempDir Path log)
      throws Exception {
    String itsKey;
    try (var people = People.open(log, log.resolve("private/people.db"))) {
      var sealing = people.sealing(Set.of("u1"));
      Line ada = Entries.read(Samples.received(ada(), 0, 0)).line(Samples.AT, sealing);
      sealing.store(List.of(ada.sealed()));
      itsKey = WrittenTree.write(log, List.of(ada));
    }
    assertThat(Run.out(0, "verify", log, "--key", itsKey)).startsWith("intact: 1 entries");

    sql(log, "UPDATE known SET sealed = randomblob(80)");
    assertThat(Run.out(1, "verify", log, "--key", itsKey))
        .isEqualTo(
            "broken: beside/people.db: what is sealed of entry 0 was changed: the entry names other"
                + " bytes\n");
    sql(log, "DELETE FROM known");
    Run.out(0, "verify", log, "--key", itsKey);
  }

  private static Envelope ada() {
    return Envelope.of(
        "/scim/v2/okta",
        Samples.AT,
        new Cause("t", "okta/token-1", Samples.AT, null),
        new UserState(
            "u1",
            "okta",
            1,
            false,
            "ada@example.com",
            null,
            true,
            "Ada",
            null,
            null,
            null,
            null,
            null,
            null,
            null));
  }

  private static void sql(Path log, String statement) throws Exception {
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + log.resolve("beside/people.db"));
        var running = connection.createStatement()) {
      running.execute(statement);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tile/entries/001",
        "tile/entries/257.p/208",
        "tile/0/001",
        "tile/1/000",
        "tile/2/000.p/1",
        "checkpoint"
      })
  void aMissingFileIsNamed(String file) throws Exception {
    Files.delete(folder.resolve(file));

    assertThat(verify(1)).isEqualTo("broken: " + file + ": is missing\n");
  }

  @Test
  void swappedEntriesAreFound() throws Exception {
    rewriteBundle("tile/entries/003", entries -> Collections.swap(entries, 7, 8));

    assertThat(verify(1))
        .isEqualTo("broken: tile/entries/003: entry 775 is not the one that was signed\n");
  }

  @Test
  void aRemovedEntryIsFound() throws Exception {
    rewriteBundle("tile/entries/003", entries -> entries.remove(7));

    assertThat(verify(1))
        .isEqualTo("broken: tile/entries/003: entry 775 is not the one that was signed\n");
  }

  @Test
  void theLastEntryOfABundleRemovedOrOneInsertedIsFound() throws Exception {
    rewriteBundle("tile/entries/003", List::removeLast);
    assertThat(verify(1)).isEqualTo("broken: tile/entries/003: holds 255 entries, not 256\n");

    rewriteBundle("tile/entries/003", entries -> entries.add(entries.getLast()));
    rewriteBundle("tile/entries/003", entries -> entries.add(entries.getLast()));
    assertThat(verify(1)).startsWith("broken: tile/entries/003: ");
  }

  @Test
  void swappedBundlesAreFound() throws Exception {
    Path one = folder.resolve("tile/entries/010");
    Path other = folder.resolve("tile/entries/011");
    Files.move(one, scratch.resolve("one"));
    Files.move(other, one);
    Files.move(scratch.resolve("one"), other);

    assertThat(verify(1))
        .isEqualTo("broken: tile/entries/010: entry 2560 is not the one that was signed\n");
  }

  @Test
  void aCutTailIsFound() throws Exception {
    String last = "tile/entries/257.p/208";
    byte[] bytes = Files.readAllBytes(folder.resolve(last));
    replace(last, Arrays.copyOf(bytes, bytes.length - 10));

    assertThat(verify(1)).isEqualTo("broken: " + last + ": ends inside entry 65999\n");
  }

  @Test
  void aCutTileIsFound() throws Exception {
    byte[] bytes = Files.readAllBytes(folder.resolve("tile/0/002"));
    replace("tile/0/002", Arrays.copyOf(bytes, bytes.length - 32));

    assertThat(verify(1)).isEqualTo("broken: tile/0/002: has 8160 bytes, not 8192\n");
  }

  /**
   * Whoever changes an entry and its tile, but not what lies above, is found by what lies above.
   */
  @Test
  void anEntryChangedTogetherWithItsTileIsFound() throws Exception {
    flip("tile/entries/005", 100);
    byte[] leaves = new byte[256 * Hash.SIZE];
    new Hasher()
        .leaves(
            Files.readAllBytes(folder.resolve("tile/entries/005")), leaves, (n, start, end) -> {});
    replace("tile/0/005", leaves);

    assertThat(verify(1))
        .isEqualTo(
            "broken: tile/0/005: is not the one that was signed, and what lies below it was changed"
                + " with it, down to entries 1280 to 1535\n");
  }

  @Test
  void aLogRewrittenByWhoeverHasTheKeyIsFoundWithAnOlderCheckpointOnly() throws Exception {
    Path log = Files.createDirectory(scratch.resolve("rewritten"));
    String itsKey = WrittenTree.write(log, lines(0, 700));
    Path older = Files.copy(log.resolve("checkpoint"), scratch.resolve("older"));
    Path state = scratch.resolve("state");
    Run.out(0, "verify", log, "--key", itsKey, "--state", state);

    var entries = new ArrayList<>(lines(0, 900));
    Collections.swap(entries, 3, 4);
    WrittenTree.rewrite(log, entries);

    assertThat(Run.out(0, "verify", log, "--key", itsKey)).startsWith("intact: 900 entries");
    assertThat(Run.out(1, "verify", log, "--key", itsKey, "--since", older))
        .isEqualTo(
            "broken: the checkpoint in "
                + older
                + ": the first 700 entries are not those that it was signed for: the log was"
                + " rewritten\n");
    assertThat(Run.out(1, "verify", log, "--key", itsKey, "--state", state))
        .startsWith(
            "broken: the check that " + state + " remembers: the first 700 entries are not");

    WrittenTree.rewrite(log, lines(0, 600));
    assertThat(Run.out(1, "verify", log, "--key", itsKey, "--since", older))
        .contains("has 600 entries, the checkpoint in " + older + " had 700: the log was cut");
    assertThat(Run.out(1, "verify", log, "--key", itsKey, "--state", state))
        .contains("the log was cut");
  }

  @Test
  void positionsThatAreNotThoseOfTheEntriesAreFoundThoughTheChecksumFits(@TempDir Path log)
      throws Exception {
    try (var written = PrunedLog.open(log)) {
      written.append(lines(0, 1000));
    }
    Run.out(0, "verify", log);
    Path state = log.resolve("state");
    String before = Files.readString(state);
    assertThat(before).contains("\"identity-events/1\":698");

    Files.write(state, checksummed(before.replace("/1\":698", "/1\":998")));
    assertThat(Run.out(1, "verify", log))
        .isEqualTo(
            "broken: state: says that identity-events/1 was taken up to offset 998, the entries"
                + " before 700 go to 698\n");
    Files.write(state, checksummed(before.replace("/1\":698", "/7\":698")));
    assertThat(Run.out(1, "verify", log)).contains("identity-events/1 was taken up to offset 0");
    Files.write(state, checksummed(before.replace("/1\":698", "/1\":698,\"role-changes/0\":9")));
    assertThat(Run.out(1, "verify", log)).contains("role-changes/0 was taken up to offset 9");
    Files.writeString(state, before);
    Run.out(0, "verify", log);
  }

  /** With the checksum that the bytes should have. */
  private static byte[] checksummed(String state) {
    String without = state.replaceFirst("\"crc32c\":\"[0-9a-f]{8}\",", "");
    var crc = new CRC32C();
    crc.update(without.getBytes(StandardCharsets.UTF_8));
    return state
        .replaceFirst("(\"crc32c\":\")[0-9a-f]{8}", "$1" + "%08x".formatted(crc.getValue()))
        .getBytes(StandardCharsets.UTF_8);
  }

  private String verify(int code, String... more) {
    var arguments = new ArrayList<Object>(List.of("verify", folder, "--key", key));
    arguments.addAll(List.of(more));
    return Run.out(code, arguments.toArray());
  }

  private String beside() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("beside"))) {
      return "beside/" + files.findFirst().orElseThrow().getFileName();
    }
  }

  /** Changes one bit of a byte, counted from the end when negative. */
  private void flip(String file, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(file));
    bytes[Math.floorMod(at, bytes.length)] ^= 1;
    replace(file, bytes);
  }

  private void replace(String file, byte[] bytes) throws IOException {
    Path draft = Files.write(scratch.resolve("draft"), bytes);
    Files.move(draft, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
  }

  private interface Change {
    void to(List<byte[]> entries);
  }

  private void rewriteBundle(String file, Change change) throws IOException {
    List<byte[]> entries =
        new ArrayList<>(Bundle.entries(Files.readAllBytes(folder.resolve(file))));
    change.to(entries);
    var bundle = new ByteArrayOutputStream();
    entries.forEach(entry -> Bundle.append(bundle, entry));
    replace(file, bundle.toByteArray());
  }
}
