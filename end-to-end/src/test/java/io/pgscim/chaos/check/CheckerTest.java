package io.pgscim.chaos.check;

import static io.pgscim.chaos.check.Doctored.ACTIVE;
import static io.pgscim.chaos.check.Doctored.ADA;
import static io.pgscim.chaos.check.Doctored.IN_SALES;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.chaos.check.Ending.Entry;
import io.pgscim.chaos.check.Ending.Place;
import io.pgscim.chaos.check.Ending.Told;
import io.pgscim.chaos.check.Violation.Kind;
import io.pgscim.chaos.history.Fact;
import io.pgscim.chaos.history.Happening;
import io.pgscim.chaos.history.Happening.Outcome;
import io.pgscim.chaos.history.Happening.Seen;
import io.pgscim.chaos.history.Happening.Sent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The checker finds nothing in a good run, and in a spoiled one what was spoiled. */
class CheckerTest {
  private final Doctored run = Doctored.run();

  @Test
  void findsNothingInARunThatKeepsEveryPromise() {
    assertThat(run.check()).isEmpty();
  }

  @Test
  void findsAnAcknowledgedPushThatIsNotInTheDirectory() {
    run.directory.remove(ACTIVE);
    assertThat(run.check()).anySatisfy(found -> is(found, Kind.LOST, ACTIVE));
  }

  @Test
  void findsAnAcknowledgedVersionThatWasNeverTold() {
    run.acknowledged("profile", ACTIVE, true, "user/1", 2);
    assertThat(run.check()).singleElement().satisfies(found -> is(found, Kind.LOST, "user/1"));
  }

  @Test
  void findsAGapInTheVersionsOnTheTopic() {
    run.told("user/1", 3, true);
    assertThat(run.check())
        .singleElement()
        .satisfies(found -> assertThat(found.says()).contains("of the 3 versions"));
  }

  @Test
  void findsVersionsThatGoBack() {
    run.told("user/1", 3, true);
    run.told("user/1", 2, true);
    run.ledger.put("user/1", 3L);
    assertThat(run.check()).singleElement().satisfies(found -> is(found, Kind.BACKWARDS, "user/1"));
  }

  @Test
  void findsAVersionToldByTwoEvents() {
    run.told("user/1", 1, true);
    assertThat(run.check()).singleElement().satisfies(found -> is(found, Kind.DOUBLED, "user/1"));
  }

  @Test
  void acceptsARecordThatIsPublishedAgain() {
    Told first = run.topics.getFirst();
    run.topics.add(
        new Told(
            new Place("identity-events", 0, 99),
            first.event(),
            first.key(),
            first.version(),
            first.holds(),
            null));
    assertThat(run.check()).isEmpty();
  }

  @Test
  void findsALedgerThatIsBehindTheTopic() {
    run.ledger.put("member/7/1", 2L);
    assertThat(run.check()).singleElement().satisfies(found -> is(found, Kind.LOST, "member/7/1"));
  }

  @Test
  void findsADirectoryThatTheTopicDoesNotTell() {
    run.acknowledged("add", IN_SALES, true, null, 0);
    run.directory.add(IN_SALES);
    assertThat(run.check()).anySatisfy(found -> is(found, Kind.LOST, IN_SALES));
  }

  @Test
  void findsAccessThatIsMissing() {
    run.access.remove("ada login");
    assertThat(run.check()).anySatisfy(found -> is(found, Kind.LOST, "ada login"));
  }

  @Test
  void findsAccessThatStayed() {
    run.access.add("ada chaos_sales");
    assertThat(run.check()).anySatisfy(found -> is(found, Kind.WRONG_GRANT, "ada chaos_sales"));
  }

  @Test
  void findsAccessThatNobodyGave() {
    run.seen("chaos_finance", true);
    assertThat(run.check())
        .singleElement()
        .satisfies(found -> is(found, Kind.WRONG_GRANT, "ada chaos_finance"));
  }

  @Test
  void findsAccessThatCameBeforeItWasGiven() {
    var early = new Doctored();
    early.sent("add", IN_SALES, true);
    early.seen("chaos_sales", true);
    early.sent("join", ACTIVE, true);
    assertThat(GrantCheck.of(early.history, Doctored.RULES))
        .singleElement()
        .satisfies(found -> is(found, Kind.WRONG_GRANT, "ada chaos_sales"));
  }

  @Test
  void findsAccessThatCameBackByItself() {
    run.seen("chaos_sales", true);
    run.seen("chaos_sales", false);
    assertThat(run.check())
        .singleElement()
        .satisfies(found -> is(found, Kind.WRONG_GRANT, "ada chaos_sales"));
  }

  @Test
  void acceptsAccessFromTheMomentAtWhichItsPushLeft() {
    run.sent("add", IN_SALES, true);
    run.seen("chaos_sales", true);
    assertThat(GrantCheck.of(run.history, Doctored.RULES)).isEmpty();
  }

  @Test
  void acceptsAccessThroughAGroupInAnother() {
    run.acknowledged("add", Fact.member("team", ADA), true, null, 0);
    run.acknowledged("nest", Fact.nested("sales", "team"), true, null, 0);
    run.seen("chaos_sales", true);
    assertThat(GrantCheck.of(run.history, Doctored.RULES)).isEmpty();
  }

  @Test
  void takesBothForLegalWhenAnAnswerWasLost() {
    int push = run.sent("suspend", ACTIVE, false);
    run.answered(push, Outcome.LOST);
    assertThat(run.check()).as("not done").isEmpty();
    run.directory.remove(ACTIVE);
    run.told("user/1", 2, false);
    run.changed("DISABLE_LOGIN", "");
    run.access.remove("ada login");
    assertThat(run.check()).as("done").isEmpty();
  }

  @Test
  void believesTheAcknowledgementThatLeftAfterALostAttemptWasOver() {
    run.answered(run.sent("suspend", ACTIVE, false), Outcome.LOST);
    run.later(Duration.ofMinutes(1));
    run.acknowledged("return", ACTIVE, true, null, 0);
    run.directory.remove(ACTIVE);
    assertThat(run.check()).anySatisfy(found -> is(found, Kind.LOST, ACTIVE));
  }

  @Test
  void findsAPushThatWasTurnedAway() {
    run.answered(run.sent("profile", ACTIVE, true), Outcome.REFUSED);
    assertThat(run.check()).singleElement().satisfies(found -> is(found, Kind.REFUSED, "push 4"));
  }

  @Test
  void findsAnEventThatIsNotInTheLog() {
    run.log.remove(2);
    assertThat(run.check())
        .singleElement()
        .satisfies(found -> assertThat(found.kind()).isEqualTo(Kind.LOST));
  }

  @Test
  void findsAnEventThatIsInTheLogTwice() {
    run.log.add(run.log.getLast());
    assertThat(run.check()).anySatisfy(found -> is(found, Kind.DOUBLED, "event-5"));
  }

  @Test
  void findsAnEntryOfWhatWasNeverPublished() {
    run.log.add(new Entry("invented", new Place("role-changes", 0, 77)));
    assertThat(run.check()).singleElement().satisfies(found -> is(found, Kind.DOUBLED, "invented"));
  }

  @Test
  void findsALogThatGoesBack() {
    run.log.addFirst(run.log.remove(3));
    assertThat(run.check()).anySatisfy(found -> is(found, Kind.BACKWARDS, "event-1"));
  }

  @Test
  void findsAChangeThatWasRecordedTwice() {
    run.changed("REVOKE_MEMBERSHIP", "chaos_sales");
    assertThat(run.check())
        .singleElement()
        .satisfies(found -> is(found, Kind.DOUBLED, "ada chaos_sales"));
  }

  @Test
  void findsAChangeThatWasNotRecorded() {
    run.topics.removeIf(
        told -> told.change() != null && told.change().kind().equals("CREATE_ROLE"));
    run.log.removeIf(entry -> entry.event().equals("event-1"));
    assertThat(run.check()).singleElement().satisfies(found -> is(found, Kind.LOST, "ada login"));
  }

  @Test
  void findsALogThatDoesNotVerify() {
    run.verified = false;
    assertThat(run.check()).singleElement().satisfies(found -> is(found, Kind.NOT_VERIFIED, "log"));
  }

  @Test
  void findsWhatStillWaits() {
    run.waiting.add("3 rows in an outbox");
    assertThat(run.check())
        .singleElement()
        .satisfies(found -> assertThat(found.kind()).isEqualTo(Kind.STUCK));
  }

  @Test
  void showsTheShortestHistoryOfOnePerson() {
    for (int i = 0; i < 20; i++) {
      run.acknowledged("add", IN_SALES, true, null, 0);
      run.seen("chaos_sales", true);
      run.acknowledged("remove", IN_SALES, false, null, 0);
      run.seen("chaos_sales", false);
      run.acknowledged("join", Fact.active("bob" + i), true, null, 0);
    }
    run.seen("chaos_sales", true);
    Violation violation = GrantCheck.of(run.history, Doctored.RULES).getFirst();

    List<Happening> shortest = Shortening.of(violation, run.history, Doctored.RULES, run.ending());

    assertThat(shortest).hasSizeLessThan(8);
    assertThat(shortest.getLast())
        .isInstanceOfSatisfying(
            Seen.class, seen -> assertThat(seen.at()).isEqualTo(violation.at()));
    assertThat(GrantCheck.of(shortest, Doctored.RULES))
        .singleElement()
        .satisfies(found -> is(found, violation.kind(), violation.about()));
    assertThat(shortest)
        .filteredOn(happening -> happening instanceof Sent)
        .allSatisfy(
            sent -> assertThat(((Sent) sent).sets().keySet()).allMatch(f -> f.endsWith(ADA)));
  }

  private static void is(Violation found, Kind kind, String about) {
    assertThat(found.kind()).isEqualTo(kind);
    assertThat(found.about()).isEqualTo(about);
  }
}
