package io.pgscim.audit.verify;

import static io.pgscim.audit.Samples.lines;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.audit.tree.WrittenTree;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TamperIT {
  @TempDir Path folder;
  private String key;

  @BeforeEach
  void write() throws Exception {
    key = WrittenTree.write(folder, lines(0, 700));
  }

  @Test
  void anUntouchedLogIsIntact() {
    assertThat(verify(0)).startsWith("intact: 700 entries of pgscim.example/audit");
  }

  @ParameterizedTest
  @CsvSource({
    "tile/entries/000, 2, does not fit entry 0",
    "tile/entries/001, 90000, does not fit entry",
    "tile/entries/000, 0, ''",
    "tile/entries/002.p/188, 5, tile/0/002.p/188: does not fit entry 512",
    "tile/0/001, 40, tile/0/001: does not fit entry 257",
    "tile/1/000.p/2, 40, tile/1/000.p/2: hash 1 of level 1",
    "checkpoint, 3, checkpoint:",
    "checkpoint, 22, checkpoint:",
    "checkpoint, 40, checkpoint:",
    "checkpoint, 110, checkpoint:"
  })
  void aChangedByteIsFoundAndSaidWhere(String file, int at, String expected) throws Exception {
    byte[] bytes = Files.readAllBytes(folder.resolve(file));
    bytes[at] ^= 1;
    Files.write(folder.resolve(file), bytes);

    assertThat(verify(1)).startsWith("broken: ").contains(expected);
  }

  @Test
  void aMissingFileIsNamed() throws Exception {
    Files.delete(folder.resolve("tile/entries/001"));

    assertThat(verify(1)).isEqualTo("broken: tile/entries/001: is missing\n");
  }

  @Test
  void aCutTailIsFound() throws Exception {
    Path last = folder.resolve("tile/entries/002.p/188");
    byte[] bytes = Files.readAllBytes(last);
    Files.write(last, Arrays.copyOf(bytes, bytes.length - 10));

    assertThat(verify(1)).isEqualTo("broken: tile/entries/002.p/188: ends inside entry 187\n");
  }

  @Test
  void aLogRewrittenByWhoeverHasTheKeyIsFoundWithAnOlderCheckpoint(@TempDir Path kept)
      throws Exception {
    Path older = Files.copy(folder.resolve("checkpoint"), kept.resolve("checkpoint"));
    var entries = new ArrayList<>(lines(0, 900));
    Collections.swap(entries, 3, 4);
    WrittenTree.rewrite(folder, entries);

    assertThat(verify(0)).startsWith("intact: 900 entries");
    assertThat(verify(1, "--since", older.toString()))
        .isEqualTo(
            "broken: the older checkpoint: the first 700 entries are not those that it was signed for\n");
    WrittenTree.rewrite(folder, lines(0, 600));
    assertThat(verify(1, "--since", older.toString()))
        .contains("has 600 entries, the older one had more");
  }

  @Test
  void wrongUseIsSaidAndHelpIsGiven() {
    assertThat(run(2)).contains("audit verify FOLDER");
    assertThat(run(0, "--help")).contains("audit verify FOLDER");
    assertThat(run(2, "verify", folder.toString(), "--nonsense")).contains("unknown option");
    assertThat(run(2, "verify", folder.toString(), "--key", "x")).contains("verifier key");
  }

  private String verify(int code, String... more) {
    var arguments = new ArrayList<>(List.of("verify", folder.toString(), "--key", key));
    arguments.addAll(List.of(more));
    return run(code, arguments.toArray(String[]::new));
  }

  private static String run(int code, String... arguments) {
    var out = new ByteArrayOutputStream();
    var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    assertThat(Audit.run(List.of(arguments), stream, stream)).isEqualTo(code);
    return out.toString(StandardCharsets.UTF_8);
  }
}
