package io.pgscim.audit.tree;

import static io.pgscim.audit.Samples.lines;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgscim.audit.MemoryLog;
import io.pgscim.audit.Samples;
import io.pgscim.audit.disk.Disk;
import io.pgscim.audit.tlog.Checkpoint;
import io.pgscim.audit.tlog.Hash;
import io.pgscim.audit.tlog.Proof;
import io.pgscim.audit.tlog.VerifierKey;
import io.pgscim.audit.verify.FolderCheck;
import io.pgscim.audit.verify.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeIT {
  private static final String ORIGIN = "pgscim.example/audit";
  @TempDir Path folder;
  @TempDir Path copies;
  private final MemoryLog log = new MemoryLog();

  @Test
  void growsAndIsOpenedAgainAtAnySize() throws Exception {
    List<String> kept = new ArrayList<>();
    for (int step : new int[] {1, 2, 252, 1, 1, 255, 1, 300, 1000}) {
      log.append(lines((int) log.size(), (int) log.size() + step));
      grow(open());
      assertThat(check(Optional.empty()))
          .isEqualTo(new Verdict.Intact(open().checkpoint(), Optional.empty()));
      assertThat(open().checkpoint().size()).isEqualTo(log.size());
      kept.add(Files.readString(folder.resolve("checkpoint")));
    }
    for (String older : kept) {
      assertThat(check(Optional.of(older))).isInstanceOf(Verdict.Intact.class);
    }
  }

  @Test
  void wherePartialTilesHaveBeenFilledTheyAreGone() throws Exception {
    Tree tree = open();
    for (int i = 0; i < 3; i++) {
      log.append(lines(i * 100, i * 100 + 100));
      grow(tree);
    }

    assertThat(folder.resolve("tile/0/000")).isRegularFile();
    assertThat(folder.resolve("tile/0/000.p")).doesNotExist();
    assertThat(folder.resolve("tile/entries/000.p")).doesNotExist();
    assertThat(folder.resolve("tile/0/001.p/44")).isRegularFile();
  }

  /** Each step of the disk fails once, before it is done; then the tree is opened again. */
  @Test
  void losesNothingAndSignsNothingWrongWhateverStepFails() throws Exception {
    log.append(lines(0, 250));
    grow(open());
    log.append(lines(250, 600));
    Path start = folder;
    for (int failing = 1; ; failing++) {
      Path copy = copies.resolve("copy-" + failing);
      WrittenTree.copy(start, copy);
      String before = Files.readString(copy.resolve("checkpoint"));
      boolean failed = growFailingAt(copy, failing);

      var key = VerifierKey.parse(Files.readString(copy.resolve("vkey")));
      assertThat(new FolderCheck(copy, key, entries -> {}).check(Optional.of(before)))
          .as("after step %d failed", failing)
          .isInstanceOf(Verdict.Intact.class);
      grow(Tree.open(new Disk(copy), log, copy.resolve("private/key"), ORIGIN));
      assertThat(new FolderCheck(copy, key, entries -> {}).check(Optional.of(before)))
          .isInstanceOfSatisfying(
              Verdict.Intact.class,
              intact -> assertThat(intact.checkpoint().size()).isEqualTo(600));
      if (!failed) {
        assertThat(failing).isGreaterThan(30);
        return;
      }
    }
  }

  @Test
  void theKeyIsReadableByItsOwnerOnlyOrRefused() throws Exception {
    open();
    Path key = folder.resolve("private/key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key.getParent())))
        .isEqualTo("rwx------");

    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));

    assertThatThrownBy(this::open).hasMessageContaining("others than its owner can read");
  }

  @Test
  void refusesToSignOnWhenDiskLogAndCheckpointDisagree() throws Exception {
    log.append(lines(0, 10));
    grow(open());
    byte[] tile = Files.readAllBytes(folder.resolve("tile/0/000.p/10"));
    tile[5] ^= 1;
    Files.write(folder.resolve("tile/0/000.p/10"), tile);
    assertThatThrownBy(this::open).hasMessageContaining("do not give the root");
    tile[5] ^= 1;
    Files.write(folder.resolve("tile/0/000.p/10"), tile);

    log.lines.remove(9);
    log.lines.add(Samples.line(77));
    assertThatThrownBy(this::open).hasMessageContaining("are not those of the log");
    assertThatThrownBy(
            () ->
                Tree.open(new Disk(folder), new MemoryLog(), folder.resolve("private/key"), ORIGIN))
        .hasMessageContaining("speaks of 10 entries, the log has 0");
  }

  @Test
  void provesAnEntry() throws Exception {
    log.append(lines(0, 700));
    Tree tree = open();
    grow(tree);

    String[] halves = tree.proof(300).split("\n\n", 2);
    List<String> head = List.of(halves[0].split("\n"));
    assertThat(head).startsWith("c2sp.org/tlog-proof@v1", "index 300");
    List<Hash> path =
        head.subList(2, head.size()).stream()
            .map(line -> Hash.of(Base64.getDecoder().decode(line)))
            .toList();
    Checkpoint signed = Checkpoint.open(halves[1], tree.key());
    Hash leaf = Hash.leaf(log.read(300, 1).getFirst());
    assertThat(Proof.includes(300, 700, leaf, path, signed.root())).isTrue();
  }

  private boolean growFailingAt(Path at, int failing) throws Exception {
    var disk =
        new Disk(at) {
          private int steps;

          @Override
          protected void step(String what, Path file) throws IOException {
            if (++steps == failing) {
              throw new IOException("step " + failing + ": " + what + " " + file);
            }
          }
        };
    try {
      grow(Tree.open(disk, log, at.resolve("private/key"), ORIGIN));
      return false;
    } catch (IOException e) {
      assertThat(e).hasMessageStartingWith("step " + failing);
      return true;
    }
  }

  private Tree open() throws IOException {
    return Tree.open(new Disk(folder), log, folder.resolve("private/key"), ORIGIN);
  }

  private static void grow(Tree tree) throws IOException {
    while (tree.grow(150)) {
      continue;
    }
  }

  private Verdict check(Optional<String> older) throws Exception {
    var key = VerifierKey.parse(new String(Files.readAllBytes(folder.resolve("vkey")), UTF_8));
    return new FolderCheck(folder, key, entries -> {}).check(older);
  }
}
