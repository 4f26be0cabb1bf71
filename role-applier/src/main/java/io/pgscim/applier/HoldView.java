package io.pgscim.applier;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pgscim.applier.guard.Hold;
import io.pgscim.applier.guard.Withheld;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * A hold, for people to read. JSON; {@link Hold} says what the numbers are.
 *
 * @param txn request that set most of it off, sent by {@code actor}
 * @param plan a page of what is held, by user id; null in a list
 * @param next the {@code after} of the next page; null on the last one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record HoldView(
    String digest,
    String state,
    Instant since,
    int people,
    int holders,
    int limit,
    int lost,
    String txn,
    String actor,
    String decidedBy,
    Instant decidedAt,
    String reason,
    List<Person> plan,
    String next) {

  /** What one person would lose. */
  record Person(String userId, String role, String txn, List<Change> changes) {}

  /** One change. */
  record Change(String description, String sql) {}

  static HoldView of(Hold hold) {
    return of(hold, null, null);
  }

  static HoldView page(Hold hold, List<Withheld> page, int most) {
    return of(
        hold,
        page.stream().map(HoldView::person).toList(),
        page.size() < most ? null : page.getLast().userId());
  }

  private static HoldView of(Hold hold, List<Person> plan, String next) {
    return new HoldView(
        hold.digest(),
        hold.state().name().toLowerCase(Locale.ROOT),
        hold.since(),
        hold.people(),
        hold.holders(),
        hold.allowed(),
        hold.lost(),
        hold.cause().txn(),
        hold.cause().actor(),
        hold.decidedBy(),
        hold.decidedAt(),
        hold.reason(),
        plan,
        next);
  }

  private static Person person(Withheld withheld) {
    return new Person(
        withheld.userId(),
        withheld.role(),
        withheld.cause().txn(),
        withheld.parts().stream().map(part -> new Change(part.description(), part.sql())).toList());
  }
}
