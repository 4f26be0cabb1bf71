package io.pgscim.audit.index;

import static io.pgscim.audit.Samples.lines;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.audit.append.FileLog;
import io.pgscim.audit.command.Run;
import io.pgscim.audit.disk.Disk;
import io.pgscim.audit.disk.WriterLock;
import io.pgscim.audit.tree.WrittenTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is changed in the index of a log is found by {@code audit verify-index}, and mended. */
class TamperedIndexIT {
  @TempDir Path folder;
  private String key;

  @BeforeEach
  void write() throws Exception {
    var disk = new Disk(folder);
    try (var index = new WrittenIndex(folder);
        var log = FileLog.open(disk, index)) {
      log.append(lines(0, 1000));
      WrittenTree.follow(disk, log);
      log.append(lines(1000, 1050)); // indexed before they are signed
      index.follow(log);
    }
    key = Files.readString(folder.resolve("vkey")).strip();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DELETE FROM posting WHERE idx = 700 AND term = (SELECT min(term) FROM posting WHERE idx = 700) | 512 to 767",
        "DELETE FROM posting WHERE idx = 3 | 0 to 255",
        "UPDATE posting SET idx = 301 WHERE idx = 300 AND term NOT IN (SELECT term FROM posting WHERE idx = 301) | 256 to 511",
        "UPDATE posting SET term = term + 1 WHERE idx = 100 | 0 to 255",
        "INSERT INTO posting VALUES (1, 900) | 768 to 1023",
        "UPDATE entry SET logged = logged + 1 WHERE idx = 600 | 512 to 767",
        "DELETE FROM entry WHERE idx = 600 | 512 to 767"
      })
  void whatIsChangedIsFoundAndSoIsWhere(String tampering, String entries) throws Exception {
    assertThat(verifyIndex(0)).isEqualTo("intact: the index knows 1050 entries, as they are\n");

    run(tampering);

    // The last run goes on behind what is signed, so of entries 768 to 1023 the log says nothing.
    int code = entries.startsWith("768") ? 0 : 1;
    String said = verifyIndex(code);
    if (code == 1) {
      assertThat(said)
          .startsWith("broken: index/entries.sqlite: holds something else than entries " + entries);
    }
    assertThat(Run.out(0, "verify", folder, "--key", key)).startsWith("intact: 1000 entries");

    assertThat(Run.out(0, "verify-index", folder, "--key", key, "--rebuild"))
        .isEqualTo("intact: 1000 entries indexed\n");
    assertThat(verifyIndex(0)).isEqualTo("intact: the index knows 1000 entries, as they are\n");
  }

  @Test
  void aMissingIndexAndADamagedOneAreSaidAndMadeAnew() throws Exception {
    Path file = folder.resolve("index/entries.sqlite");
    byte[] bytes = Files.readAllBytes(file);
    for (int at = 4096; at < bytes.length; at++) {
      bytes[at] = 7;
    }
    Files.write(file, bytes);
    assertThat(Run.audit("verify-index", folder, "--key", key).err())
        .contains("index/entries.sqlite cannot be read");

    Files.delete(file);
    Run missing = Run.audit("verify-index", folder, "--key", key);
    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.err()).contains("index/entries.sqlite is missing");

    Run.out(0, "verify-index", folder, "--key", key, "--rebuild");
    verifyIndex(0);
  }

  @Test
  void nothingIsMadeAnewWhileSomebodyWritesTheLog() throws Exception {
    try (var writing = WriterLock.take(folder)) {
      Run refused = Run.audit("verify-index", folder, "--key", key, "--rebuild");

      assertThat(refused.code()).isEqualTo(2);
      assertThat(refused.err()).contains("another process writes the log");
    }
    verifyIndex(0);
  }

  private String verifyIndex(int code) {
    return Run.out(code, "verify-index", folder, "--key", key);
  }

  private void run(String sql) throws Exception {
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("index/entries.sqlite"));
        var statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isPositive();
    }
  }
}
