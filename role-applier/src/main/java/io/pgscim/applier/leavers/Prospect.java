package io.pgscim.applier.leavers;

import io.pgscim.applier.cluster.Session;
import io.pgscim.applier.plan.Change;
import io.pgscim.applier.plan.Refusal;
import io.pgscim.applier.policy.Leaver;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What is due now for the roles of leavers, in the order in which a {@link Departure} does it.
 *
 * @param refusals those that would stay, and why
 * @param complete false when more are due than were looked at
 */
public record Prospect(List<Change> changes, List<Refusal> refusals, boolean complete) {
  /** Each is looked at by itself, and more would be read by nobody. */
  private static final int MOST = 1000;

  public Prospect {
    changes = List.copyOf(changes);
    refusals = List.copyOf(refusals);
  }

  /** Looks, and changes nothing. */
  public static Prospect of(Session home, Leaver leaver) {
    List<Leaving> due = Leaving.due(home, leaver, Set.of(), MOST + 1);
    List<Change> changes = new ArrayList<>();
    List<Refusal> refusals = new ArrayList<>();
    String here = due.isEmpty() ? "" : Estate.here(home);
    for (Leaving one : due.subList(0, Math.min(MOST, due.size()))) {
      Estate estate = one.gone() ? new Estate(List.of()) : Estate.of(home, one);
      List<String> obstacles = estate.obstacles(home, leaver.reassignTo());
      if (!obstacles.isEmpty()) {
        refusals.add(one.refused(obstacles, null));
        continue;
      }
      for (Estate.Share share : estate.places(here)) {
        if (share.owned() > 0) {
          leaver
              .reassignTo()
              .ifPresent(
                  heir ->
                      changes.add(
                          LeaverChange.Reassign.of(one, share.database(), heir, share.owned())));
        }
        changes.add(LeaverChange.TakePrivileges.of(one, share.database()));
      }
      changes.add(LeaverChange.DropRole.of(one));
    }
    return new Prospect(changes, refusals, due.size() <= MOST);
  }
}
