package io.pgscim.applier.privileges;

import io.pgscim.applier.cluster.Session;
import io.pgscim.applier.cluster.Transaction;
import io.pgscim.applier.plan.Change;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What roles have in a database by themselves that were never given privileges by pgscim. */
public final class DirectPrivileges {
  private DirectPrivileges() {}

  private record Held(String role, ObjectRef object) {}

  /** What would take them away, in the order of its words. Reads only. */
  public static List<Change> revocations(
      Session session, String database, Collection<Long> roleOids) {
    Map<Held, Set<String>> held = new LinkedHashMap<>();
    try (Transaction transaction = session.begin()) {
      for (Entitlement one : Holdings.of(transaction, roleOids)) {
        if (!isOwn(one)) {
          held.computeIfAbsent(new Held(one.role(), one.object()), h -> new TreeSet<>())
              .add(one.privilege());
        }
      }
    }
    return held.entrySet().stream()
        .<Change>map(
            one ->
                new PrivilegeChange(
                    database, one.getKey().role(), one.getKey().object(), one.getValue(), false))
        .sorted(Comparator.comparing(Change::description))
        .toList();
  }

  /** Default privileges name their owner too, who has everything on what it makes anyway. */
  private static boolean isOwn(Entitlement held) {
    return held.object() instanceof ObjectRef.FutureRef future
        && future.owner().equals(held.role());
  }
}
