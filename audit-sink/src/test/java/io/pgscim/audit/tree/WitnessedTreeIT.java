package io.pgscim.audit.tree;

import static io.pgscim.audit.Samples.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgscim.audit.HandClock;
import io.pgscim.audit.MemoryLog;
import io.pgscim.audit.Samples;
import io.pgscim.audit.disk.Disk;
import io.pgscim.audit.tlog.Note;
import io.pgscim.audit.tlog.VerifierKey;
import io.pgscim.audit.witness.RealWitness;
import io.pgscim.audit.witness.Witnesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessedTreeIT {
  private static final String ORIGIN = "pgscim.example/audit";
  @TempDir Path folder;
  private final MemoryLog log = new MemoryLog();
  private final HandClock clock = new HandClock();
  private RealWitness one;
  private RealWitness two;

  @BeforeEach
  void start() throws IOException {
    one = new RealWitness("witness.example/one");
    two = new RealWitness("witness.example/two");
    VerifierKey key = Tree.open(new Disk(folder), log, key(), ORIGIN).key();
    one.trust(key);
    two.trust(key);
  }

  @AfterEach
  void stop() {
    one.close();
    two.close();
  }

  @Test
  void whoSignedStandsInTheCheckpointAndEachNewOneIsProvenToGrowOutOfTheLast() throws Exception {
    Tree tree = open(2, one, two);
    grow(tree);
    for (int size : new int[] {1, 3, 256, 700, 1400}) {
      log.append(lines((int) log.size(), size));
      clock.advance(Duration.ofSeconds(1));
      grow(tree);
      assertThat(tree.checkpoint().size()).isEqualTo(size);
      assertThat(onDisk().cosignedBy(one.verifier())).isPresent();
      assertThat(onDisk().cosignedBy(two.verifier())).isPresent();
      assertThat(onDisk().signedBy(tree.key())).isTrue();
    }
    assertThat(one.asked.get()).isEqualTo(6);

    // A process that begins anew does not know what they signed last: they say so.
    log.append(lines(1400, 1500));
    clock.advance(Duration.ofSeconds(1));
    grow(open(2, one, two));
    assertThat(onDisk().cosignedBy(two.verifier())).isPresent();
    assertThat(one.asked.get()).isEqualTo(8);
  }

  @Test
  void theyAreLeftInPeaceForASecond() throws Exception {
    Tree tree = open(1, one);
    grow(tree);
    for (int i = 0; i < 5; i++) {
      log.append(lines(i, i + 1));
      grow(tree);
    }
    assertThat(one.asked.get()).isEqualTo(1);
    assertThat(tree.checkpoint().size()).isZero();

    clock.advance(Duration.ofSeconds(1));
    grow(tree);
    assertThat(one.asked.get()).isEqualTo(2);
    assertThat(tree.checkpoint().size()).isEqualTo(5);
  }

  @Test
  void withFewerThanRequiredNothingIsPublishedUntilTheyAreBack() throws Exception {
    Tree tree = open(2, one, two);
    log.append(lines(0, 10));
    clock.advance(Duration.ofSeconds(1));
    grow(tree);
    clock.advance(Duration.ofSeconds(1));
    grow(tree);
    String before = Files.readString(folder.resolve("checkpoint"));
    two.delayMillis = 10_000;
    log.append(lines(10, 20));
    clock.advance(Duration.ofSeconds(1));

    long start = System.nanoTime();
    assertThatThrownBy(() -> grow(tree))
        .isInstanceOf(Unpublished.class)
        .hasMessage("1 witnesses signed, 2 must: witness.example/two gives no answer for 2 s");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
    assertThat(Files.readString(folder.resolve("checkpoint"))).isEqualTo(before);

    two.delayMillis = 0;
    grow(tree);
    assertThat(tree.checkpoint().size()).isEqualTo(20);
    assertThat(onDisk().cosignedBy(two.verifier())).isPresent();
  }

  @Test
  void withoutTheOneThatIsAwayTheOthersDoWhenTheyAreEnough() throws Exception {
    two.close();
    Tree tree = open(1, one, two);
    log.append(lines(0, 10));
    grow(tree);
    clock.advance(Duration.ofSeconds(1));
    grow(tree);

    assertThat(tree.checkpoint().size()).isEqualTo(10);
    assertThat(onDisk().cosignedBy(one.verifier())).isPresent();
    assertThat(onDisk().cosignedBy(two.verifier())).isEmpty();
  }

  @Test
  void aLogThatWasRewrittenIsSignedByNoWitnessThatKnewIt() throws Exception {
    log.append(lines(0, 10));
    Tree tree = open(1, one);
    grow(tree);
    clock.advance(Duration.ofSeconds(1));
    grow(tree);
    assertThat(tree.checkpoint().size()).isEqualTo(10);
    Files.delete(folder.resolve("checkpoint"));

    log.lines.set(3, Samples.line(99));
    Tree other = open(1, one);
    assertThatThrownBy(() -> grow(other))
        .hasMessageContaining("has signed 10 entries, this log has 0");
    Tree rewritten = open(0, one);
    grow(rewritten);
    clock.advance(Duration.ofSeconds(1));
    grow(rewritten);
    assertThat(onDisk().cosignedBy(one.verifier())).isEmpty();
  }

  @Test
  void wrongSettingsAreNamed() {
    assertThatThrownBy(() -> Witnesses.of(List.of(one.setting()), 2))
        .hasMessage("2 witnesses are required, and there are 1");
    assertThatThrownBy(() -> Witnesses.of(List.of("nonsense http://127.0.0.1/"), 0))
        .hasMessageStartingWith("the witness nonsense");
    assertThatThrownBy(() -> Witnesses.of(List.of(one.verifier().text()), 0))
        .hasMessageStartingWith("a witness is its verifier key");
  }

  private Note onDisk() throws Exception {
    return Note.parse(Files.readString(folder.resolve("checkpoint")));
  }

  private Path key() {
    return folder.resolve("private/key");
  }

  private Tree open(int required, RealWitness... witnesses) throws IOException {
    return Tree.open(
        new Disk(folder),
        log,
        key(),
        ORIGIN,
        new Terms(
            Optional.empty(),
            false,
            Witnesses.of(List.of(witnesses).stream().map(RealWitness::setting).toList(), required),
            Duration.ofSeconds(60),
            clock,
            note -> {}));
  }

  private static void grow(Tree tree) throws IOException {
    while (tree.grow(2000)) {
      continue;
    }
  }
}
