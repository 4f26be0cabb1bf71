package io.pgscim.audit.verify;

import static io.pgscim.audit.Samples.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pgscim.audit.append.PrunedLog;
import io.pgscim.audit.command.Run;
import io.pgscim.audit.tree.WrittenTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Go team's own packages judge what we wrote. */
class GoCheckerIT {
  private static final Path CHECKER = Path.of("../end-to-end/go-checker");
  @TempDir Path folder;
  @TempDir Path built;

  @Test
  void goAcceptsEveryEntryTileAndSignatureOfAHundredThousandAndNothingElse() throws Exception {
    Path checker = built.resolve("go-checker");
    assumeTrue(
        builds(checker), "skipped: no Go that can build end-to-end/go-checker on this machine");
    String key = WrittenTree.write(folder, lines(0, 100_300));

    assertThat(run(checker.toString(), folder.toString(), key))
        .isEqualTo("accepted: 100300 entries\n");

    byte[] bundle = Files.readAllBytes(folder.resolve("tile/entries/200"));
    bundle[2] ^= 1;
    Files.write(folder.resolve("tile/entries/200"), bundle);
    assertThat(run(checker.toString(), folder.toString(), key))
        .isEqualTo("rejected: tile/entries/200: entry 51200 is not the one in the tree\n");
  }

  @Test
  void goAcceptsAProofAndThatTheLogGrewOutOfAnOlderCheckpoint() throws Exception {
    Path checker = built.resolve("go-checker");
    assumeTrue(
        builds(checker), "skipped: no Go that can build end-to-end/go-checker on this machine");
    String key = WrittenTree.write(folder, lines(0, 70_000));
    Path older = Files.copy(folder.resolve("checkpoint"), built.resolve("older"));
    WrittenTree.rewrite(folder, lines(0, 100_000));
    Path proof = built.resolve("65535.tlog-proof");
    Run.out(0, "prove", folder, "65535", "--key", key, "--out", proof);

    assertThat(run(checker.toString(), folder.toString(), key, older.toString()))
        .isEqualTo("accepted: 100000 entries, grown out of 70000\n");
    assertThat(run(checker.toString(), proof.toString(), key))
        .isEqualTo("accepted: entry 65535 of 100000\n");

    Files.writeString(proof, Files.readString(proof).replace("index 65535", "index 65534"));
    assertThat(run(checker.toString(), proof.toString(), key)).startsWith("rejected: ");
    WrittenTree.rewrite(folder, lines(1, 100_001));
    assertThat(run(checker.toString(), folder.toString(), key, older.toString()))
        .startsWith("rejected: ");
  }

  @Test
  void goAcceptsAPrunedLogAndItsArchiveAsFarAsTheLogItselfSaysSo(@TempDir Path scratch)
      throws Exception {
    Path checker = built.resolve("go-checker");
    assumeTrue(
        builds(checker), "skipped: no Go that can build end-to-end/go-checker on this machine");
    Path archive = scratch.resolve("archive");
    String key = PrunedLog.write(folder, archive, lines(0, 2000), 1024);

    assertThat(run(checker.toString(), folder.toString(), key))
        .isEqualTo("accepted: 2001 entries, of which 1024 to 2000 are here\n");
    assertThat(run(checker.toString(), archive.toString(), key))
        .isEqualTo("accepted: 2001 entries, of which 0 to 1023 are here\n");

    Path minimum = folder.resolve("minimum-index");
    Files.writeString(minimum, Files.readString(minimum).replace("1024", "1280"));
    assertThat(run(checker.toString(), folder.toString(), key))
        .isEqualTo("rejected: minimum-index: entry 2000 does not say so\n");
    Files.delete(archive.resolve("tile/entries/002"));
    assertThat(run(checker.toString(), archive.toString(), key)).startsWith("rejected: ");
  }

  private static boolean builds(Path checker) throws InterruptedException {
    try {
      return new ProcessBuilder("go", "build", "-o", checker.toString(), ".")
              .directory(CHECKER.toFile())
              .inheritIO()
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return output;
  }
}
