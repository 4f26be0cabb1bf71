package io.pgscim.chaos.check;

import io.pgscim.chaos.history.Happening;
import io.pgscim.chaos.history.Happening.Answered;
import io.pgscim.chaos.history.Happening.Fault;
import io.pgscim.chaos.history.Happening.Seen;
import io.pgscim.chaos.history.Happening.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which facts may be so, after what was sent and answered until now.
 *
 * <p>The one place that says what an answer means. Before an attempt is answered, it has been done
 * or not. An attempt that was acknowledged has been done. One whose answer was lost may have been
 * done, and may still be done for {@link #STILL_UNDER_WAY} after it left, while others are sent and
 * answered: no server can know that nobody waits for it any more. Both are legal until an attempt
 * that left after that time is acknowledged.
 */
final class Beliefs {
  /** Longer than any request takes: the service gives up its database statements after 15 s. */
  static final long STILL_UNDER_WAY = Duration.ofSeconds(40).toNanos();

  private record Attempt(Sent sent, boolean lost) {
    boolean isOverBefore(Sent other) {
      return lost && sent.at() + STILL_UNDER_WAY < other.at();
    }
  }

  private final Map<String, Boolean> acknowledged = new HashMap<>();
  private final Map<String, List<Attempt>> open = new TreeMap<>();
  private final Map<String, Sent> attempts = new HashMap<>();

  /** What is believed after all of a history. */
  static Beliefs after(List<Happening> history) {
    var beliefs = new Beliefs();
    for (Happening happening : history) {
      switch (happening) {
        case Sent sent -> beliefs.sent(sent);
        case Answered answered -> beliefs.answered(answered);
        case Seen seen -> {}
        case Fault fault -> {}
      }
    }
    return beliefs;
  }

  void sent(Sent sent) {
    attempts.put(sent.push() + "/" + sent.attempt(), sent);
    for (String fact : sent.sets().keySet()) {
      open.computeIfAbsent(fact, f -> new ArrayList<>()).add(new Attempt(sent, false));
    }
  }

  void answered(Answered answered) {
    Sent sent = attempts.remove(answered.push() + "/" + answered.attempt());
    if (sent == null) {
      throw new IllegalArgumentException("an answer to what was not sent: " + answered);
    }
    sent.sets()
        .forEach(
            (fact, value) -> {
              List<Attempt> others = open.get(fact);
              others.removeIf(attempt -> attempt.sent() == sent);
              switch (answered.outcome()) {
                case ACKNOWLEDGED -> {
                  acknowledged.put(fact, value);
                  others.removeIf(attempt -> attempt.isOverBefore(sent));
                }
                case LOST -> others.add(new Attempt(sent, true));
                case REFUSED -> {}
              }
            });
  }

  /** Every fact that anything was said about. */
  Set<String> facts() {
    return open.keySet();
  }

  /** Whether the fact may have that value. */
  boolean maybe(String fact, boolean value) {
    return acknowledged.getOrDefault(fact, false) == value
        || open.getOrDefault(fact, List.of()).stream()
            .anyMatch(attempt -> attempt.sent().sets().get(fact) == value);
  }

  /** Whether it is so whatever became of what is open. */
  boolean surely(String fact) {
    return !maybe(fact, false);
  }
}
