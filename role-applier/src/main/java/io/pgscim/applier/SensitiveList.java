package io.pgscim.applier;

import io.pgscim.applier.AccessDesk.Answer;
import io.pgscim.applier.AccessDesk.Cut;
import io.pgscim.applier.AccessDesk.Page;
import io.pgscim.applier.access.AccessCatalog;
import io.pgscim.applier.access.Because;
import io.pgscim.applier.access.Lookup;
import io.pgscim.applier.access.ObjectName;
import io.pgscim.applier.access.Question;
import io.pgscim.applier.access.Sensitive;
import io.pgscim.applier.cluster.Session;
import io.pgscim.applier.cluster.Transaction;
import io.pgscim.applier.policy.ObjectGrant;
import io.pgscim.applier.reconcile.Ruling;
import io.vertx.pgclient.PgException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The objects that the policy calls sensitive, in the order of their names, each with everybody who
 * has something on it. A page is full when the next object's logins would be more than it has room
 * for; only an object that fills a page alone is cut.
 */
final class SensitiveList {
  private static final int AT_ONCE = 100;

  private final Ruling ruling;
  private final Session home;
  private final Function<String, Session> database;
  private final List<Shown> shown = new ArrayList<>();
  private final List<SensitiveView.Missing> missing = new ArrayList<>();
  private String last;
  private String next;

  private record Shown(String object, Lookup.Found found, Cut cut) {}

  SensitiveList(Ruling ruling, Session home, Function<String, Session> database) {
    this.ruling = ruling;
    this.home = home;
    this.database = database;
  }

  Answer page(Page page) {
    String now = Instant.now().toString();
    SortedMap<String, List<ObjectGrant>> sensitive =
        ruling.policy().sensitive().stream()
            .collect(
                Collectors.groupingBy(
                    grant -> nameOf(grant.database()), TreeMap::new, Collectors.toList()));
    for (Map.Entry<String, List<ObjectGrant>> entry : sensitive.entrySet()) {
      if (next == null && !look(entry.getKey(), entry.getValue(), page)) {
        return new Answer.Wrong(
            "more than %d objects of database %s are sensitive; let the policy name fewer"
                .formatted(Sensitive.MOST, entry.getKey()));
      }
    }
    Set<Long> logins = new LinkedHashSet<>();
    shown.forEach(one -> logins.addAll(one.cut().logins()));
    Map<Long, Because> because = AccessDesk.because(home, ruling, logins);
    return new Answer.Listed(
        new SensitiveView(
            ruling.policy().cluster(),
            now,
            shown.stream()
                .map(
                    one ->
                        new SensitiveView.Listed(
                            one.object(), AccessView.of(one.found(), one.cut(), because)))
                .toList(),
            missing,
            next));
  }

  /** False when there are too many. */
  private boolean look(String name, List<ObjectGrant> meant, Page page) {
    boolean begins = page.after().compareTo(name) < 0;
    try (Session there = database.apply(meant.getFirst().database());
        Transaction transaction = there.begin()) {
      AccessCatalog.restrict(transaction);
      Optional<Sensitive> sensitive = Sensitive.in(transaction, meant);
      if (sensitive.isEmpty()) {
        return false;
      }
      if (begins) {
        sensitive.get().nothing().forEach(what -> miss(what, "there is none now"));
      }
      List<Question> questions =
          sensitive.get().questions().tailMap(page.after() + '\0').values().stream().toList();
      for (int from = 0; from < questions.size() && next == null; from += AT_ONCE) {
        List<Question> some = questions.subList(from, Math.min(questions.size(), from + AT_ONCE));
        take(some, AccessCatalog.whoCan(transaction, some), page);
      }
      return true;
    } catch (PgException e) {
      if (!AccessDesk.NO_SUCH_DATABASE.equals(e.getSqlState())) {
        throw e;
      }
      if (begins) {
        miss(name, "there is no such database");
      }
      return true;
    }
  }

  private void take(List<Question> questions, List<Lookup> answers, Page page) {
    for (int i = 0; i < questions.size() && next == null; i++) {
      String object = questions.get(i).object().toString();
      switch (answers.get(i)) {
        case Lookup.Found found -> {
          Cut cut = Cut.of(found.access(), new Page("", page.limit()));
          if (!shown.isEmpty() && cut.logins().size() > room(page)) {
            next = last;
            return;
          }
          shown.add(new Shown(object, found, cut));
        }
        case Lookup.NoSuchObject(String detail) -> miss(object, detail);
        case Lookup.NoSuchPrivilege(String detail) -> miss(object, detail);
      }
      last = object;
    }
  }

  private int room(Page page) {
    return page.limit() - shown.stream().mapToInt(one -> one.cut().logins().size()).sum();
  }

  private void miss(String object, String detail) {
    missing.add(new SensitiveView.Missing(object, detail));
  }

  private static String nameOf(String database) {
    return new ObjectName(
            database, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty())
        .toString();
  }
}
