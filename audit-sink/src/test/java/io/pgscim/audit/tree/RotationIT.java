package io.pgscim.audit.tree;

import static io.pgscim.audit.Samples.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgscim.audit.MemoryLog;
import io.pgscim.audit.disk.Disk;
import io.pgscim.audit.tlog.NoteException;
import io.pgscim.audit.tlog.SignedCheckpoint;
import io.pgscim.audit.tlog.VerifierKey;
import io.pgscim.audit.verify.FolderCheck;
import io.pgscim.audit.verify.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotationIT {
  private static final String ORIGIN = "pgscim.example/audit";
  @TempDir Path folder;
  private final MemoryLog log = new MemoryLog();

  @Test
  void aKeyIsReplacedWhileBothSignAndTheLogSaysSo() throws Exception {
    log.append(lines(0, 10));
    Tree tree = open();
    grow(tree);
    VerifierKey old = tree.key();
    String kept = Files.readString(folder.resolve("checkpoint"));

    ask("prepare");
    grow(tree);
    List<VerifierKey> both = vkeys();
    assertThat(both).hasSize(2).first().isEqualTo(old);
    assertThat(tree.key()).isEqualTo(old);
    VerifierKey next = both.getLast();
    assertThat(signedBy(old)).isTrue();
    assertThat(signedBy(next)).isTrue();
    Path nextFile = folder.resolve("private/key.next");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(nextFile)))
        .isEqualTo("rw-------");

    ask("promote");
    assertThat(tree.grow(150)).isFalse();
    assertThat(tree.key()).as("not before the log says so").isEqualTo(old);
    grow(tree);
    tree.grow(150);

    assertThat(tree.key()).isEqualTo(next);
    assertThat(vkeys()).containsExactly(next);
    assertThat(signedBy(old)).isFalse();
    assertThat(signedBy(next)).isTrue();
    assertThat(nextFile).doesNotExist();
    assertThat(folder.resolve("private/key.promote")).doesNotExist();
    JsonNode entry = new ObjectMapper().readTree(log.read(10, 1).getFirst());
    assertThat(entry.path("what").asText()).isEqualTo("rotate-key");
    assertThat(entry.has("from")).isFalse();
    assertThat(entry.at("/details/from").asText()).isEqualTo(old.text());
    assertThat(entry.at("/details/to").asText()).isEqualTo(next.text());
    assertThat(entry.at("/details/fromId").asText()).isEqualTo(String.format("%08x", old.id()));
    assertThat(entry.at("/which/log").asText()).isEqualTo(ORIGIN);

    // An old checkpoint is still one of this log, for whoever knows both keys.
    assertThat(SignedCheckpoint.open(kept, List.of(next, old)).checkpoint().size()).isEqualTo(10);
    assertThatThrownBy(() -> SignedCheckpoint.open(kept, List.of(next)))
        .isInstanceOf(NoteException.class);
    assertThat(new FolderCheck(folder, next, entries -> {}).check(Optional.empty()))
        .isInstanceOfSatisfying(
            Verdict.Intact.class, intact -> assertThat(intact.checkpoint().size()).isEqualTo(11));
  }

  /** The states that a crash between two steps leaves, each gone on with by another process. */
  @Test
  void aPromotionThatWasInterruptedAnywhereIsFinishedAndSaidOnce() throws Exception {
    log.append(lines(0, 3));
    Tree tree = open();
    grow(tree);
    ask("prepare");
    grow(tree);
    VerifierKey next = vkeys().getLast();

    ask("promote");
    tree.grow(150); // the entry is appended and not covered yet
    grow(open());
    Tree covered = open();
    covered.grow(150); // promoted
    assertThat(covered.key()).isEqualTo(next);
    ask("promote"); // as if its file had not gone, the key being in place
    Tree last = open();
    grow(last);

    assertThat(last.key()).isEqualTo(next);
    assertThat(folder.resolve("private/key.promote")).doesNotExist();
    assertThat(log.size()).isEqualTo(4);
  }

  @Test
  void anAbandonedNextKeySignsNoMore() throws Exception {
    log.append(lines(0, 3));
    Tree tree = open();
    ask("prepare");
    grow(tree);
    VerifierKey next = vkeys().getLast();

    Files.delete(folder.resolve("private/key.next"));
    grow(tree);

    assertThat(vkeys()).containsExactly(tree.key());
    assertThat(signedBy(next)).isFalse();
  }

  private void ask(String what) throws IOException {
    Files.createFile(folder.resolve("private/key." + what));
  }

  private List<VerifierKey> vkeys() throws Exception {
    return VerifierKey.parseAll(Files.readString(folder.resolve("vkey")));
  }

  private boolean signedBy(VerifierKey key) throws Exception {
    try {
      String note = Files.readString(folder.resolve("checkpoint"));
      return SignedCheckpoint.open(note, List.of(key)).time().isPresent();
    } catch (NoteException e) {
      return false;
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
}
