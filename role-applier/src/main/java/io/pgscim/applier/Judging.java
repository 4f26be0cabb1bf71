package io.pgscim.applier;

import io.pgscim.applier.cluster.ClusterUnavailable;
import io.pgscim.applier.cluster.Session;
import io.pgscim.applier.guard.Hold;
import io.pgscim.applier.reconcile.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * When what was withheld is judged: as soon as no more of it has come for a moment, and not much
 * later. In between it does what people decide.
 */
final class Judging implements AutoCloseable {
  private static final Duration QUIET = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final int SHOWN = 20;

  private record Asked(Function<HoldDesk, Decision> decision, CompletableFuture<Decision> answer) {}

  private final Session session;
  private final Runnable recorded;
  private final ConcurrentLinkedQueue<Asked> asked = new ConcurrentLinkedQueue<>();
  private HoldDesk desk;
  private Optional<Runnable> afterwards = Optional.empty();
  private boolean begun;
  private Instant first;
  private Instant last;
  private List<String> standing = List.of();
  private volatile boolean closed;

  /**
   * @param recorded called when events were committed
   */
  Judging(Session session, Runnable recorded) {
    this.session = session;
    this.recorded = recorded;
  }

  /**
   * A policy is in force. What was withheld before it is judged by it.
   *
   * @param whenNothing runs once this policy takes nothing from anybody any more
   */
  void begin(HoldDesk judge, Optional<Runnable> whenNothing) {
    this.desk = judge;
    this.afterwards = whenNothing;
    this.begun = whenNothing.isEmpty();
    waits();
  }

  /** Something was withheld. */
  void waits() {
    last = Instant.now();
    first = first == null ? last : first;
  }

  /** What a person decides about a hold, done by the thread that calls {@link #look}. */
  CompletableFuture<Decision> ask(Function<HoldDesk, Decision> decision) {
    var answer = new CompletableFuture<Decision>();
    asked.add(new Asked(decision, answer));
    if (closed) {
      fail();
    }
    return answer;
  }

  /** Whether it is known what the policy takes, as far as it limits that. */
  boolean settled() {
    return begun;
  }

  /** Holds that stand, in words. */
  List<String> standing() {
    return standing;
  }

  /**
   * Judges if it is time.
   *
   * @param more whether more of it is certainly on its way
   */
  Outcome look(boolean more) {
    boolean decided = decide();
    if (decided) {
      waits();
    }
    Instant now = Instant.now();
    boolean due = first != null && !more && !now.isBefore(last.plus(QUIET));
    boolean overdue = first != null && !more && !now.isBefore(first.plus(LONGEST));
    Outcome outcome = Outcome.NOTHING;
    if (due || overdue) {
      outcome = desk.judge();
      first = null;
      begun = true;
    }
    if (due || overdue || decided) {
      recorded.run();
      standing = words();
      if (first == null && afterwards.isPresent() && policyTakesNothing()) {
        Runnable next = afterwards.get();
        afterwards = Optional.empty();
        next.run();
      }
    }
    return decided ? outcome.and(new Outcome(0, 0, true, false)) : outcome;
  }

  private boolean decide() {
    boolean any = false;
    for (Asked one = asked.poll(); one != null; one = asked.poll()) {
      any = true;
      try {
        one.answer().complete(one.decision().apply(desk));
      } catch (RuntimeException e) {
        one.answer().completeExceptionally(e);
        throw e;
      }
    }
    return any;
  }

  /** Held or rejected, its people keep what they have, and so do the access roles that give it. */
  private boolean policyTakesNothing() {
    return session
            .ask(
                "SELECT FROM pgscim.withheld WHERE actor IN ('policy', 'start')"
                    + " OR txn LIKE 'drift/%' LIMIT 1")
            .size()
        == 0;
  }

  private List<String> words() {
    return Hold.latest(session, SHOWN).stream()
        .filter(hold -> hold.state() == Hold.State.HELD)
        .map(
            hold ->
                "hold "
                    + hold.digest()
                    + " of "
                    + hold.people()
                    + " people waits to be approved or rejected")
        .toList();
  }

  @Override
  public void close() {
    closed = true;
    fail();
  }

  private void fail() {
    for (Asked one = asked.poll(); one != null; one = asked.poll()) {
      one.answer()
          .completeExceptionally(
              new ClusterUnavailable("this process is the writer no longer", null));
    }
  }
}
