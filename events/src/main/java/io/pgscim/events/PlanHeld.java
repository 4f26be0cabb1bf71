package io.pgscim.events;

import static io.pgscim.events.Guard.identifier;

/**
 * A plan would take something from more people than the policy lets lose something unasked: nothing
 * of it is done before somebody approves it.
 *
 * @param digest of the plan, SHA-256 in lower-case hex; it is approved or rejected by this name
 * @param people how many would lose something
 * @param holders how many people had access then
 * @param limit how many people may lose something unasked within the policy's time
 * @param lost how many had lost something within that time already
 */
public record PlanHeld(
    String reporter, String cluster, String digest, int people, int holders, int limit, int lost)
    implements SecurityEvent {

  public PlanHeld {
    identifier("reporter", reporter);
    identifier("cluster", cluster);
    identifier("digest", digest);
    if (people < 1 || holders < 0 || limit < 0 || lost < 0) {
      throw new IllegalArgumentException("a plan is held for one person or more; no number is < 0");
    }
  }
}
