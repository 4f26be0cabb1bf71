package io.pgscim.audit.anchor;

import java.io.IOException;
import java.util.Optional;

/**
 * One process's right to sign: it is taken once, and lost for ever when another process takes it.
 * For one thread.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>A swap succeeds only in the epoch that this process began, and only from the head that it
 *       saw last.
 *   <li>After a swap without an answer the row is looked at before the next one: it holds the old
 *       head or the new one, and the epoch says whether this process may go on at all.
 * </ul>
 */
public final class Lease {
  private final Anchor anchor;
  private final String writer;
  private long epoch;
  private Optional<Head> last = Optional.empty();
  private Optional<Head> sent = Optional.empty();

  /**
   * @param writer this process, for people
   */
  public Lease(Anchor anchor, String writer) {
    this.anchor = anchor;
    this.writer = writer;
  }

  /**
   * What the second place says now, to be compared with what is on disk. The next swap starts from
   * it.
   *
   * @throws Fenced when this process had the lease and has it no longer
   */
  public Anchored look() throws AnchorUnavailable, Fenced {
    Anchored now = anchor.look();
    if (epoch != 0 && now.epoch() != epoch) {
      throw new Fenced(now);
    }
    last = now.head();
    sent = Optional.empty();
    return now;
  }

  /** Whether this process has begun the epoch; if so {@link #look} can only see its own heads. */
  public boolean isTaken() {
    return epoch != 0;
  }

  /**
   * Takes the lease from whoever had it, if nobody else has since it was looked at. What is
   * anchored must then be looked at again: the former writer may have gone on until now.
   */
  public void take(Anchored seen) throws AnchorUnavailable {
    if (anchor.take(seen.epoch(), writer)) {
      epoch = seen.epoch() + 1;
    }
  }

  /**
   * Anchors a head. When this returns, it may be published.
   *
   * @throws Fenced when another process has the lease
   * @throws IOException when the row is not as this process left it: compare it with the disk again
   */
  public void swap(Head to) throws IOException {
    if (sent.isPresent()) {
      settle();
    }
    sent = Optional.of(to);
    if (!anchor.swap(epoch, last, to)) {
      settle();
      if (!isSame(last, to)) {
        throw new IOException("the anchor refuses the checkpoint of " + to.checkpoint().size());
      }
    }
    last = Optional.of(to);
    sent = Optional.empty();
  }

  /** Finds out whether the swap that was sent was made. */
  private void settle() throws IOException {
    Optional<Head> before = last;
    Optional<Head> maybe = sent;
    Optional<Head> now = look().head();
    boolean unchanged = now.isEmpty() ? before.isEmpty() : isSame(before, now.get());
    if (!unchanged && (now.isEmpty() || !isSame(maybe, now.get()))) {
      throw new IOException("the anchor holds another checkpoint than this process put there");
    }
  }

  private static boolean isSame(Optional<Head> one, Head other) {
    return one.filter(other::isAs).isPresent();
  }
}
