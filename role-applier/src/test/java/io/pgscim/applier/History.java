package io.pgscim.applier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.pgscim.applier.policy.UserDate;
import io.pgscim.events.GroupState;
import io.pgscim.events.IdentityEvent;
import io.pgscim.events.MembershipState;
import io.pgscim.events.SessionsRevoked;
import io.pgscim.events.UserState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * What happens to a few people and groups, at random: one seed, one history. The order within a key
 * is kept, as Kafka keeps it; everything else comes in any order, some of it twice.
 */
final class History {
  private static final int PEOPLE = 6;
  private static final int GROUPS = 4;
  private static final Duration LATELY = Duration.ofSeconds(3);

  /** An event and when it was asked for. */
  record Told(IdentityEvent event, Instant requestedAt) {
    String key() {
      return event.key();
    }
  }

  final int number;
  final Model model;

  private final World world;
  private final Random random;
  private final String[] people = new String[PEOPLE];
  private final String[] groups = new String[GROUPS];
  private final List<Told> told = new ArrayList<>();
  private final List<String> steps = new ArrayList<>();
  private long version;
  private Instant quietFrom = Instant.EPOCH;

  History(World world, int number, long seed) {
    this.world = world;
    this.number = number;
    this.random = new Random(seed);
    this.model = new Model(world.tag);
    for (int i = 0; i < PEOPLE; i++) {
      people[i] = id();
    }
    for (int i = 0; i < GROUPS; i++) {
      groups[i] = id();
    }
  }

  /** What happened, to be read when something is wrong. */
  List<String> steps() {
    return steps;
  }

  /** From when on the clock alone changes nothing any more. */
  Instant quietFrom() {
    return quietFrom;
  }

  /** What the identity provider says next. */
  List<Told> say(int events) {
    List<Told> next = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      switch (random.nextInt(20)) {
        case 0, 1, 2, 3, 4 -> next.add(now(user(random.nextInt(PEOPLE))));
        case 5, 6, 7 -> next.add(now(group(random.nextInt(GROUPS))));
        case 8 -> next.addAll(leave(random.nextInt(PEOPLE)));
        case 9 -> next.add(endGroup(random.nextInt(GROUPS)));
        case 10 ->
            next.add(now(new SessionsRevoked(people[random.nextInt(PEOPLE)], null, Instant.now())));
        case 11, 12 -> {
          if (!told.isEmpty()) {
            next.add(told.get(random.nextInt(told.size())));
          }
        }
        default -> next.add(member());
      }
    }
    List<Told> shuffled = shuffled(next);
    for (Told one : shuffled) {
      steps.add(one.event() + " asked for " + one.requestedAt());
      model.deliver(one.event(), one.requestedAt());
    }
    told.addAll(next);
    return shuffled;
  }

  /** What somebody does by hand, as SQL of a superuser; it may fail. */
  String tamper(List<String> accessRoles) {
    String one = quoted(name(random.nextInt(PEOPLE)));
    String other = quoted(name(random.nextInt(PEOPLE)));
    String access = accessRoles.get(random.nextInt(accessRoles.size()));
    String sql =
        switch (random.nextInt(13)) {
          case 0 -> "GRANT " + access + " TO " + one;
          case 1 -> "GRANT " + access + " TO " + one + " WITH ADMIN TRUE";
          case 2 ->
              "GRANT " + access + " TO " + one + " WITH INHERIT FALSE GRANTED BY pgscim_granter";
          case 3 -> "REVOKE " + access + " FROM " + one + " GRANTED BY pgscim_granter";
          case 4 -> "ALTER ROLE " + one + " NOLOGIN";
          case 5 -> "ALTER ROLE " + one + " LOGIN";
          case 6 -> "ALTER ROLE " + one + " CREATEROLE CONNECTION LIMIT 1";
          case 7 -> "ALTER ROLE " + one + " SET statement_timeout = '7s'";
          case 8 -> "ALTER ROLE " + one + " RESET ALL";
          case 9 ->
              "ALTER ROLE " + one + " RENAME TO " + quoted("x" + random.nextInt(1000) + suffix());
          case 10 -> "DROP ROLE " + one;
          case 11 -> "GRANT pg_read_all_stats TO " + one;
          default ->
              "GRANT "
                  + access
                  + " TO "
                  + one
                  + " WITH ADMIN TRUE; GRANT "
                  + access
                  + " TO "
                  + other
                  + " GRANTED BY "
                  + one;
        };
    steps.add(sql);
    return sql;
  }

  private Told now(IdentityEvent event) {
    return new Told(event, Instant.now());
  }

  private UserState user(int slot) {
    String until =
        switch (random.nextInt(12)) {
          case 0 -> later().toString();
          case 1 -> soon().toString();
          case 2 -> earlier().toString();
          case 3 -> "whenever";
          default -> null;
        };
    return new UserState(
        people[slot],
        "test",
        ++version,
        false,
        name(slot),
        null,
        random.nextInt(8) > 0,
        List.of("finance", "temp", "other").get(random.nextInt(3)),
        null,
        null,
        random.nextInt(10) > 0 ? world.tag : "somebody",
        null,
        null,
        null,
        until == null
            ? null
            : Map.of(
                UserDate.ACCESS_UNTIL.schema(),
                JsonNodeFactory.instance
                    .objectNode()
                    .put(UserDate.ACCESS_UNTIL.attribute(), until)));
  }

  /** Either of two names; nobody else alive has one of them. */
  private String name(int slot) {
    return "p" + slot + (random.nextInt(4) == 0 ? "b" : "a") + suffix();
  }

  /** Every name of a role in this history ends so, or has a mark after it. */
  String suffix() {
    return ".h" + number + "." + world.tag;
  }

  /** Somebody leaves, and somebody else comes who may get the same name, be it in any order. */
  private List<Told> leave(int slot) {
    UserState gone = UserState.deleted(people[slot], "test", ++version);
    people[slot] = id();
    return List.of(now(gone), now(user(slot)));
  }

  private GroupState group(int slot) {
    String name = List.of("readers", "writers", "oncall", "other").get(random.nextInt(4));
    String spelled = random.nextInt(4) == 0 ? name.toUpperCase(Locale.ROOT) : name;
    return new GroupState(groups[slot], "test", ++version, false, spelled + "-" + world.tag, null);
  }

  private Told endGroup(int slot) {
    GroupState ended = new GroupState(groups[slot], "test", ++version, true, null, null);
    groups[slot] = id();
    return now(ended);
  }

  private Told member() {
    Instant requested =
        switch (random.nextInt(4)) {
          case 0 -> Instant.now().minus(Duration.ofHours(2));
          case 1 -> soon().minus(Duration.ofHours(1));
          default -> Instant.now();
        };
    Instant from = null;
    Instant until = null;
    switch (random.nextInt(8)) {
      case 0 -> from = soon();
      case 1 -> until = soon();
      case 2 -> from = later();
      case 3 -> until = earlier();
      case 4 -> {
        from = earlier();
        until = later();
      }
      default -> {}
    }
    return new Told(
        new MembershipState(
            groups[random.nextInt(GROUPS)],
            people[random.nextInt(PEOPLE)],
            ++version,
            random.nextInt(10) < 7,
            from,
            until),
        requested);
  }

  private Instant soon() {
    Instant moment = Instant.now().plusMillis(random.nextInt((int) LATELY.toMillis()));
    quietFrom = moment.isAfter(quietFrom) ? moment : quietFrom;
    return moment;
  }

  private static Instant later() {
    return Instant.now().plus(Duration.ofHours(5));
  }

  private static Instant earlier() {
    return Instant.now().minus(Duration.ofMinutes(5));
  }

  /** Any order, but what has the same key stays in its order. */
  private List<Told> shuffled(List<Told> events) {
    List<String> keys = new ArrayList<>(events.stream().map(Told::key).toList());
    Collections.shuffle(keys, random);
    List<Told> left = new ArrayList<>(events);
    List<Told> shuffled = new ArrayList<>();
    for (String key : keys) {
      Told next = left.stream().filter(one -> one.key().equals(key)).findFirst().orElseThrow();
      left.remove(next);
      shuffled.add(next);
    }
    return shuffled;
  }

  private String id() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  private static String quoted(String name) {
    return "\"" + name + "\"";
  }
}
