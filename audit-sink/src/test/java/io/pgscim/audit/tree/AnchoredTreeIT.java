package io.pgscim.audit.tree;

import static io.pgscim.audit.Samples.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgscim.audit.HandClock;
import io.pgscim.audit.MemoryLog;
import io.pgscim.audit.anchor.Anchor;
import io.pgscim.audit.anchor.AnchorDatabase;
import io.pgscim.audit.anchor.Fenced;
import io.pgscim.audit.anchor.Head;
import io.pgscim.audit.anchor.Lease;
import io.pgscim.audit.anchor.LoseAnswers;
import io.pgscim.audit.disk.Disk;
import io.pgscim.audit.tlog.Checkpoint;
import io.pgscim.audit.tlog.SignedCheckpoint;
import io.pgscim.audit.tlog.VerifierKey;
import io.pgscim.audit.verify.FolderCheck;
import io.pgscim.audit.verify.Verdict;
import io.pgscim.audit.witness.Witnesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tree with its second place in a real database. */
class AnchoredTreeIT {
  private static AnchorDatabase database;
  @TempDir Path folder;
  @TempDir Path copies;
  private final String origin = "pgscim.example/" + UUID.randomUUID();
  private final MemoryLog log = new MemoryLog();
  private final HandClock clock = new HandClock();
  private final List<String> told = new ArrayList<>();

  @BeforeAll
  static void database() throws Exception {
    database = new AnchorDatabase();
  }

  @AfterAll
  static void close() throws Exception {
    database.close();
  }

  @Test
  void whatIsPublishedIsAnchored() throws Exception {
    log.append(lines(0, 300));
    Tree tree = open("a");
    grow(tree);

    Head head = anchored();
    assertThat(head.checkpoint()).isEqualTo(tree.checkpoint());
    assertThat(head.checkpoint().size()).isEqualTo(300);
    assertThat(head.note()).isEqualTo(Files.readString(folder.resolve("checkpoint")));
    assertThat(told).contains(head.note());
  }

  @Test
  void anOldWriterThatWakesUpIsRefusedForGood() throws Exception {
    log.append(lines(0, 10));
    Tree old = open("old");
    grow(old);
    Path copy = copy("copy");
    Tree young = open(new Disk(copy), copy, lease("young"), false);
    grow(young);

    log.append(lines(10, 20));
    String before = Files.readString(folder.resolve("checkpoint"));
    assertThatThrownBy(() -> grow(old))
        .isInstanceOf(Fenced.class)
        .hasMessageContaining("another process has taken this log, young at ");
    assertThatThrownBy(() -> grow(old)).isInstanceOf(Fenced.class);
    assertThat(Files.readString(folder.resolve("checkpoint"))).isEqualTo(before);

    grow(young);
    assertThat(anchored().checkpoint().size()).isEqualTo(20);
  }

  @Test
  void aFolderRestoredFromAnOlderBackupIsRefusedAndTakesTheLeaseFromNobody() throws Exception {
    log.append(lines(0, 10));
    Tree running = open("running");
    grow(running);
    Path backup = copy("backup");
    var backedUp = new MemoryLog();
    backedUp.append(lines(0, 10));
    log.append(lines(10, 20));
    grow(running);

    assertThatThrownBy(() -> open(backup, backedUp))
        .hasMessage(
            "the anchor has 20 signed entries, this folder 10: it is older than what was signed,"
                + " such as a restored backup");
    // Gone on with since, so that there are as many entries again, but others.
    backedUp.append(lines(100, 110));
    assertThatThrownBy(() -> open(backup, backedUp))
        .hasMessageContaining("the first 20 entries of this folder are not those that the anchor");

    log.append(lines(20, 30));
    grow(running);
    assertThat(anchored().checkpoint().size()).isEqualTo(30);
  }

  @Test
  void anAnchorThatWasSetBackIsRefused() throws Exception {
    log.append(lines(0, 10));
    Tree tree = open("a");
    grow(tree);
    Head old = anchored();
    log.append(lines(10, 20));
    grow(tree);
    setBack(old);

    log.append(lines(20, 30));
    assertThatThrownBy(() -> grow(tree))
        .hasMessage("the anchor holds another checkpoint than this process put there");
    assertThatThrownBy(() -> open("again"))
        .hasMessageStartingWith(
            "the anchor has 10 entries and is behind the checkpoint on disk, which has 20");
  }

  @Test
  void anAnchorSetBackToAnEarlierTimeOfTheSameTreeIsRefusedToo() throws Exception {
    log.append(lines(0, 10));
    Tree tree = open("a");
    grow(tree);
    Head old = anchored();
    clock.advance(Duration.ofSeconds(61));
    grow(tree);
    setBack(old);

    assertThatThrownBy(() -> open("again")).hasMessageContaining("was set back");
  }

  @Test
  void aLogThatWasSignedBeginsInAnEmptyAnchorOnlyWhenToldTo() throws Exception {
    log.append(lines(0, 10));
    grow(Tree.open(new Disk(folder), log, folder.resolve("private/key"), origin));

    assertThatThrownBy(() -> open("a"))
        .hasMessageContaining("the anchor knows nothing of this log, which has 10 signed entries")
        .hasMessageContaining("pgscim.audit.anchor.begin=true");

    log.append(lines(10, 20));
    grow(open(new Disk(folder), folder, lease("a"), true));
    assertThat(anchored().checkpoint().size()).isEqualTo(20);
  }

  /** Each step of the disk fails once; the process ends there, and another one goes on. */
  @Test
  void aCrashAtAnyStepLeavesTheAnchorNeverBehindTheFileAndIsRecovered() throws Exception {
    log.append(lines(0, 250));
    grow(open("first"));
    log.append(lines(250, 270));
    String before = Files.readString(folder.resolve("checkpoint"));
    boolean ahead = false;
    for (int failing = 1; ; failing++) {
      Path copy = copy("copy-" + failing);
      database.administer("DELETE FROM pgscim_audit.anchor WHERE origin = '" + origin + "'");
      boolean failed;
      try {
        grow(open(failing(copy, failing), copy, lease("dies"), true));
        failed = false;
      } catch (IOException e) {
        assertThat(e).hasMessageStartingWith("step ");
        failed = true;
      }
      Optional<Head> left = database.anchor(origin).look().head();
      String file = Files.readString(copy.resolve("checkpoint"));
      ahead |= left.isPresent() && !file.equals(left.get().note()) && file.equals(before);
      clock.advance(Duration.ofSeconds(1));

      told.clear();
      grow(open(new Disk(copy), copy, lease("goes on"), left.isEmpty()));
      if (left.isPresent() && !file.equals(left.get().note())) {
        // What was anchored is published first, before anything that came later.
        assertThat(told.getFirst().lines().limit(3).toList())
            .isEqualTo(left.get().note().lines().limit(3).toList());
      }
      var key = VerifierKey.parse(Files.readString(copy.resolve("vkey")));
      assertThat(new FolderCheck(copy, key, entries -> {}).check(Optional.of(before)))
          .as("after step %d failed", failing)
          .isInstanceOfSatisfying(
              Verdict.Intact.class,
              intact -> assertThat(intact.checkpoint().size()).isEqualTo(270));
      assertThat(anchored().note()).isEqualTo(Files.readString(copy.resolve("checkpoint")));
      if (!failed) {
        assertThat(failing).isGreaterThan(20);
        assertThat(ahead).as("some step lay between the swap and the file").isTrue();
        return;
      }
    }
  }

  @Test
  void aSwapWhoseRequestOrAnswerIsLostIsTriedAgainOrFoundDone() throws Exception {
    var flaky = new LoseAnswers(database.anchor(origin));
    Tree tree = open(new Disk(folder), folder, new Lease(flaky, "a"), false);
    grow(tree);
    for (int i = 0; i < 4; i++) {
      log.append(lines(i * 10, i * 10 + 10));
      flaky.loseNextRequest = i % 2 == 0;
      flaky.loseNextAnswer = i % 2 == 1;
      assertThatThrownBy(() -> grow(tree)).isInstanceOf(Unpublished.class);
      assertThat(tree.checkpoint().size()).isEqualTo(i * 10);

      grow(tree);
      assertThat(tree.checkpoint().size()).isEqualTo(i * 10 + 10);
      assertThat(anchored().checkpoint()).isEqualTo(tree.checkpoint());
    }
  }

  @Test
  void whileTheDatabaseIsAwayNothingIsPublishedAndAfterwardsItIs() throws Exception {
    log.append(lines(0, 10));
    Tree tree = open("a");
    grow(tree);
    String before = Files.readString(folder.resolve("checkpoint"));
    database.server.stop();
    try {
      log.append(lines(10, 20));
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> grow(tree))
            .isInstanceOf(Unpublished.class)
            .hasMessageContaining("the anchor at ")
            .hasMessageContaining("does not answer");
      }
      assertThat(Files.readString(folder.resolve("checkpoint"))).isEqualTo(before);
    } finally {
      database.server.start();
    }

    log.append(lines(20, 30));
    grow(tree);
    assertThat(anchored().checkpoint().size()).isEqualTo(30);
    assertThat(tree.checkpoint().size()).isEqualTo(30);
  }

  @Test
  void theSinksLoginCanMoveForwardAndDoNothingElse() throws Exception {
    log.append(lines(0, 10));
    grow(open("a"));
    String here = "WHERE origin = '" + origin + "'";
    for (String sql :
        List.of(
            "UPDATE pgscim_audit.anchor SET size = 1 " + here,
            "DELETE FROM pgscim_audit.anchor " + here,
            "TRUNCATE pgscim_audit.anchor",
            "INSERT INTO pgscim_audit.anchor VALUES ('x', 1, 'x', now())",
            "ALTER TABLE pgscim_audit.anchor OWNER TO pgscim_audit",
            "CREATE TABLE pgscim_audit.mine ()")) {
      assertThatThrownBy(() -> database.runAsSink(sql))
          .as(sql)
          .isInstanceOf(SQLException.class)
          .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("42501"));
    }
    Anchor anchor = database.anchor(origin);
    Head head = anchored();
    long epoch = anchor.look().epoch();
    var fewer = new Checkpoint(origin, 9, head.checkpoint().root());
    Instant earlier = head.time().minusSeconds(1);
    assertThat(anchor.swap(epoch, Optional.of(head), new Head(fewer, head.time(), "n"))).isFalse();
    assertThat(anchor.swap(epoch, Optional.of(head), new Head(head.checkpoint(), earlier, "n")))
        .isFalse();
    assertThat(anchor.swap(epoch - 1, Optional.of(head), head)).isFalse();
    assertThat(anchor.swap(epoch, Optional.empty(), head)).isFalse();
    assertThat(anchor.take(epoch - 1, "late")).isFalse();
    assertThat(anchored()).isEqualTo(head);
  }

  @Test
  void aHeartbeatSaysThatNothingHappenedUntilNow() throws Exception {
    log.append(lines(0, 10));
    Tree tree = open("a");
    grow(tree);
    Instant start = clock.instant();
    told.clear();
    clock.advance(Duration.ofSeconds(59));
    grow(tree);
    assertThat(told).isEmpty();

    clock.advance(Duration.ofSeconds(1));
    grow(tree);
    grow(tree);

    assertThat(told).hasSize(1);
    SignedCheckpoint beat = signed(told.getFirst());
    assertThat(beat.time()).contains(start.plusSeconds(60));
    assertThat(beat.checkpoint()).isEqualTo(tree.checkpoint());
    assertThat(anchored().time()).isEqualTo(start.plusSeconds(60));
    assertThat(Files.readString(folder.resolve("checkpoint"))).isEqualTo(told.getFirst());
  }

  @Test
  void aClockThatIsSetBackSignsNoEarlierTime() throws Exception {
    log.append(lines(0, 10));
    Tree tree = open("a");
    grow(tree);
    Instant start = clock.instant();

    clock.advance(Duration.ofHours(-1));
    log.append(lines(10, 20));
    grow(tree);

    assertThat(signed(told.getLast()).checkpoint().size()).isEqualTo(20);
    assertThat(signed(told.getLast()).time()).contains(start);
  }

  private SignedCheckpoint signed(String note) throws Exception {
    return SignedCheckpoint.open(
        note, VerifierKey.parseAll(Files.readString(folder.resolve("vkey"))));
  }

  private Head anchored() throws Exception {
    return database.anchor(origin).look().head().orElseThrow();
  }

  /** What only the database's administrator can do. */
  private void setBack(Head to) throws Exception {
    database.administer(
        "UPDATE pgscim_audit.anchor SET size = "
            + to.checkpoint().size()
            + ", root = decode('"
            + to.checkpoint().root().base64()
            + "', 'base64'), signed_at = '"
            + to.time()
            + "' WHERE origin = '"
            + origin
            + "'");
  }

  private Lease lease(String writer) {
    return new Lease(database.anchor(origin), writer);
  }

  private Tree open(String writer) throws IOException {
    return open(new Disk(folder), folder, lease(writer), false);
  }

  private Tree open(Disk disk, Path at, Lease lease, boolean begin) throws IOException {
    return open(disk, at, log, lease, begin);
  }

  private void open(Path at, MemoryLog other) throws IOException {
    open(new Disk(at), at, other, lease("other"), false);
  }

  private Tree open(Disk disk, Path at, MemoryLog from, Lease lease, boolean begin)
      throws IOException {
    return Tree.open(
        disk,
        from,
        at.resolve("private/key"),
        origin,
        new Terms(
            Optional.of(lease), begin, Witnesses.NONE, Duration.ofSeconds(60), clock, told::add));
  }

  private static void grow(Tree tree) throws IOException {
    while (tree.grow(150)) {
      continue;
    }
  }

  private static Disk failing(Path at, int failing) {
    return new Disk(at) {
      private int steps;

      @Override
      protected void step(String what, Path file) throws IOException {
        if (++steps == failing) {
          throw new IOException("step " + failing + ": " + what + " " + file);
        }
      }
    };
  }

  private Path copy(String name) throws IOException {
    Path copy = copies.resolve(name);
    WrittenTree.copy(folder, copy);
    return copy;
  }
}
