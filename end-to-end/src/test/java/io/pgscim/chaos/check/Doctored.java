package io.pgscim.chaos.check;

import io.pgscim.chaos.check.Ending.Change;
import io.pgscim.chaos.check.Ending.Entry;
import io.pgscim.chaos.check.Ending.Place;
import io.pgscim.chaos.check.Ending.Told;
import io.pgscim.chaos.history.Fact;
import io.pgscim.chaos.history.Happening;
import io.pgscim.chaos.history.Happening.Answered;
import io.pgscim.chaos.history.Happening.Outcome;
import io.pgscim.chaos.history.Happening.Seen;
import io.pgscim.chaos.history.Happening.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A small run in which every promise is kept, to be spoiled at one place: ada joins, comes into
 * sales, and leaves it.
 */
final class Doctored {
  static final Rules RULES = new Rules(Map.of("sales", "chaos_sales"), Set.of("team"));
  static final String ADA = "ada";
  static final String ACTIVE = Fact.active(ADA);
  static final String IN_SALES = Fact.member("sales", ADA);

  final List<Happening> history = new ArrayList<>();
  final Set<String> directory = new HashSet<>();
  final Map<String, String> keys =
      new HashMap<>(Map.of(ADA, "user/1", "sales", "group/7", "team", "group/8"));
  final List<Told> topics = new ArrayList<>();
  final Map<String, Long> ledger = new HashMap<>();
  final Set<String> access = new HashSet<>();
  final List<Entry> log = new ArrayList<>();
  final List<String> waiting = new ArrayList<>();
  boolean verified = true;
  private long now;
  private int pushes;

  /** The run. */
  static Doctored run() {
    var run = new Doctored();
    run.acknowledged("join", ACTIVE, true, "user/1", 1);
    run.directory.add(ACTIVE);
    run.told("user/1", 1, true);
    run.changed("CREATE_ROLE", "");
    run.seen(Rules.LOGIN, true);
    run.access.add("ada login");
    run.acknowledged("add", IN_SALES, true, "group/7", 2);
    run.told("member/7/1", 2, true);
    run.changed("GRANT_MEMBERSHIP", "chaos_sales");
    run.seen("chaos_sales", true);
    run.acknowledged("remove", IN_SALES, false, "group/7", 3);
    run.told("member/7/1", 3, false);
    run.changed("REVOKE_MEMBERSHIP", "chaos_sales");
    run.seen("chaos_sales", false);
    return run;
  }

  List<Violation> check() {
    return Checker.check(history, RULES, ending());
  }

  Ending ending() {
    return new Ending(
        directory,
        keys,
        topics,
        ledger,
        access,
        log,
        verified ? "intact" : "broken",
        verified,
        waiting);
  }

  int sent(String kind, String fact, boolean value) {
    history.add(new Sent(tick(), "", ++pushes, 0, kind, Map.of(fact, value)));
    return pushes;
  }

  void answered(int push, Outcome outcome) {
    answered(push, outcome, null, 0);
  }

  void answered(int push, Outcome outcome, String key, long version) {
    history.add(new Answered(tick(), "", push, 0, outcome, 200, key, version));
  }

  void acknowledged(String kind, String fact, boolean value, String key, long version) {
    answered(sent(kind, fact, value), Outcome.ACKNOWLEDGED, key, version);
  }

  void seen(String what, boolean appears) {
    history.add(new Seen(tick(), "", ADA, what, appears));
  }

  void later(Duration time) {
    now += time.toNanos();
  }

  /** On the topic, in the ledger and in the log. */
  void told(String key, long version, boolean holds) {
    published(key, version, holds);
    ledger.put(key, version);
    logged(topics.getLast());
  }

  void published(String key, long version, boolean holds) {
    topics.add(
        new Told(
            new Place("identity-events", 0, topics.size()),
            "event-" + topics.size(),
            key,
            version,
            holds,
            null));
  }

  void changed(String kind, String object) {
    topics.add(
        new Told(
            new Place("role-changes", 0, topics.size()),
            "event-" + topics.size(),
            "local/ada",
            0,
            false,
            new Change(kind, ADA, object)));
    logged(topics.getLast());
  }

  void logged(Told told) {
    log.add(new Entry(told.event(), told.place()));
  }

  private long tick() {
    return now += 1_000_000;
  }
}
