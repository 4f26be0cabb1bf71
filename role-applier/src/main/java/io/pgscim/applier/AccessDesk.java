package io.pgscim.applier;

import io.pgscim.applier.access.Access;
import io.pgscim.applier.access.AccessCatalog;
import io.pgscim.applier.access.Because;
import io.pgscim.applier.access.Holding;
import io.pgscim.applier.access.Holdings;
import io.pgscim.applier.access.Lookup;
import io.pgscim.applier.access.ObjectName;
import io.pgscim.applier.access.Question;
import io.pgscim.applier.access.Somebody;
import io.pgscim.applier.cluster.Session;
import io.pgscim.applier.cluster.Transaction;
import io.pgscim.applier.reconcile.Ruling;
import io.vertx.pgclient.PgException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Answers who can do what, in the catalogs' words and the directory's. Changes nothing. */
final class AccessDesk {
  static final String NO_SUCH_DATABASE = "3D000";

  private final Ruling ruling;
  private final Session home;
  private final Function<String, Session> database;

  /** What came of a question. */
  sealed interface Answer {
    /** This. */
    record Shown(AccessView view) implements Answer {}

    /** This, of what is sensitive. */
    record Listed(SensitiveView view) implements Answer {}

    /** This, of one person. */
    record Person(PersonView view) implements Answer {}

    /** What was asked about does not exist. */
    record Missing(String detail) implements Answer {}

    /** The question makes no sense. */
    record Wrong(String detail) implements Answer {}
  }

  /**
   * Some of the logins, or of one login's objects, in the order of their names.
   *
   * @param after those behind that name; empty = from the start
   */
  record Page(String after, int limit) {}

  /**
   * The ways of as many logins as a page has.
   *
   * @param next the last login of the page; null when none follows
   */
  record Cut(List<Access> access, Set<Long> logins, String next) {
    static Cut of(List<Access> access, Page page) {
      Set<Long> logins = new LinkedHashSet<>();
      String last = null;
      boolean more = false;
      for (Access one : access) {
        if (one.login().compareTo(page.after()) <= 0 || logins.contains(one.oid())) {
          continue;
        }
        if (logins.size() == page.limit()) {
          more = true;
          break;
        }
        logins.add(one.oid());
        last = one.login();
      }
      return new Cut(
          access.stream().filter(one -> logins.contains(one.oid())).toList(),
          logins,
          more ? last : null);
    }
  }

  AccessDesk(Ruling ruling, Session home, Function<String, Session> database) {
    this.ruling = ruling;
    this.home = home;
    this.database = database;
  }

  /**
   * Who can do what to an object.
   *
   * @param privilege empty = all that such an object has
   */
  Answer whoCan(ObjectName object, Optional<String> privilege, Page page) {
    List<String> managed = ruling.policy().databases();
    if (!managed.contains(object.database())) {
      return new Answer.Missing(
          "the policy manages no database %s; it manages %s"
              .formatted(object.database(), String.join(", ", managed)));
    }
    return switch (lookUp(Question.of(object, privilege))) {
      case Lookup.NoSuchObject missing -> new Answer.Missing(missing.detail());
      case Lookup.NoSuchPrivilege wrong -> new Answer.Wrong(wrong.detail());
      case Lookup.Found found -> {
        Cut cut = Cut.of(found.access(), page);
        yield new Answer.Shown(AccessView.of(found, cut, because(home, ruling, cut.logins())));
      }
    };
  }

  /** Who has what on the objects that the policy calls sensitive. */
  Answer sensitive(Page page) {
    return new SensitiveList(ruling, home, database).page(page);
  }

  /** What somebody has: cluster-wide, and on the objects of the databases that are managed. */
  Answer whatHas(String person, Page page) {
    Holdings holdings;
    Somebody somebody;
    try (Transaction transaction = home.begin()) {
      AccessCatalog.restrict(transaction);
      List<Somebody> meant = Somebody.meantBy(transaction, ruling.wanted(), Instant.now(), person);
      if (meant.isEmpty()) {
        return new Answer.Missing(
            "nobody with a role has this user id or userName, and no role has this name");
      }
      if (meant.size() > 1) {
        return new Answer.Wrong(
            "several have that userName; ask for one of the roles "
                + String.join(", ", meant.stream().map(Somebody::role).toList()));
      }
      somebody = meant.getFirst();
      holdings = Holdings.of(transaction, somebody.oid());
    }
    List<Holding> found = new ArrayList<>();
    for (String name : new TreeSet<>(ruling.policy().databases())) {
      // One more than is shown tells whether there is a next page.
      if (found.size() <= page.limit()) {
        Optional<List<Holding>> there = holdingsIn(name, holdings);
        if (there.isEmpty()) {
          return new Answer.Wrong(
              "there are too many grants in " + name + " to list; ask for single objects");
        }
        there.get().stream()
            .filter(holding -> holding.object().compareTo(page.after()) > 0)
            .forEach(found::add);
      }
    }
    boolean more = found.size() > page.limit();
    List<Holding> shown = more ? found.subList(0, page.limit()) : found;
    return new Answer.Person(
        PersonView.of(
            somebody, holdings.memberships(), shown, more ? shown.getLast().object() : null));
  }

  private Optional<List<Holding>> holdingsIn(String name, Holdings holdings) {
    try (Session there = database.apply(name);
        Transaction transaction = there.begin()) {
      AccessCatalog.restrict(transaction);
      return holdings.in(transaction, name);
    } catch (PgException e) {
      if (NO_SUCH_DATABASE.equals(e.getSqlState())) {
        return Optional.of(List.of());
      }
      throw e;
    }
  }

  private Lookup lookUp(Question question) {
    try (Session there = database.apply(question.object().database());
        Transaction transaction = there.begin()) {
      AccessCatalog.restrict(transaction);
      return AccessCatalog.whoCan(transaction, List.of(question)).getFirst();
    } catch (PgException e) {
      if (NO_SUCH_DATABASE.equals(e.getSqlState())) {
        return new Lookup.NoSuchObject("there is no database " + question.object().database());
      }
      throw e;
    }
  }

  /** Of these logins, those that are people's. */
  static Map<Long, Because> because(Session home, Ruling ruling, Set<Long> logins) {
    if (logins.isEmpty()) {
      return Map.of();
    }
    try (Transaction transaction = home.begin()) {
      AccessCatalog.restrict(transaction);
      return Because.of(transaction, ruling.wanted(), Instant.now(), logins);
    }
  }
}
