package io.pgscim.audit.append;

import java.time.Duration;

/**
 * When a follower of the log takes its next step. While entries are being appended it rests longer
 * than it works: larger steps cost less for each entry, and most of the machine is left to who
 * appends. The further it is behind, the less it rests.
 */
public final class Pace {
  private static final int FAR_BEHIND = 1 << 17;
  private static final int TOO_FAR_BEHIND = 3 << 18;
  private static final Duration LONGEST = Duration.ofSeconds(2);

  private final AuditLog log;
  private final Duration look;
  private long began;
  private long size;

  /**
   * @param look how often to look whether there is anything
   */
  public Pace(AuditLog log, Duration look) {
    this.log = log;
    this.look = look;
  }

  /** A step begins. */
  public void begin() {
    began = System.nanoTime();
    size = log.size();
  }

  /**
   * The step has ended.
   *
   * @param next the first entry that was not followed yet
   * @return how long to rest
   */
  public Duration rest(long next) {
    long now = log.size();
    if (now == size || now - next > TOO_FAR_BEHIND) {
      return now > next ? Duration.ZERO : look;
    }
    Duration worked = Duration.ofNanos(System.nanoTime() - began);
    Duration rest = worked.multipliedBy(share(now - next));
    return rest.compareTo(LONGEST) > 0 ? LONGEST : rest.compareTo(look) < 0 ? look : rest;
  }

  /** So many times as long as it worked it rests. */
  private static int share(long behind) {
    return behind > FAR_BEHIND ? 3 : 15;
  }
}
