package io.pgscim.chaos.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import io.pgscim.chaos.check.Rules;
import io.pgscim.chaos.history.Fact;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** A company whose life is pushed at a set rate, by several hands at once. */
public final class Traffic {
  private static final int LANES = 6;

  private final Company company = new Company();
  private final IdentityProvider provider;
  private final long seed;
  private final int perSecond;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean over;

  /**
   * @param perSecond how much happens in a second when nothing stands in the way
   */
  public Traffic(IdentityProvider provider, long seed, int perSecond) {
    this.provider = provider;
    this.seed = seed;
    this.perSecond = perSecond;
  }

  /** The policy that the company lives by. */
  public static Rules rules() {
    return Company.rules();
  }

  /** Of all roles of a cluster, those of people of the company end so. */
  public static String domain() {
    return Company.DOMAIN;
  }

  /** Founds the company, and begins. */
  public void begin() throws InterruptedException {
    var random = new Random(seed);
    for (String group : company.groups()) {
      company.founded(group, provider.push(Push.found(group), random));
    }
    for (int number = 0; number < LANES; number++) {
      var lane = new Lane(number, company, provider, seed);
      threads.add(Thread.ofVirtual().name("lane-" + number).start(() -> live(lane)));
    }
  }

  /** What was begun is seen through. False when that takes longer. */
  public boolean end(Duration patience) throws InterruptedException {
    over = true;
    long end = System.nanoTime() + patience.toNanos();
    for (Thread thread : threads) {
      if (!thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
        return false;
      }
    }
    return true;
  }

  /** Everybody and everything by name, as the topic calls them. */
  public Map<String, String> keys() {
    return company.keys();
  }

  /**
   * The facts as the service provider tells them.
   *
   * @throws IOException when it does not
   */
  public Set<String> directory() throws IOException, InterruptedException {
    Set<String> facts = new HashSet<>();
    Map<String, String> names =
        company.keys().entrySet().stream()
            .collect(
                Collectors.toMap(
                    key -> key.getValue().substring(key.getValue().indexOf('/') + 1),
                    Map.Entry::getKey));
    for (JsonNode user : provider.list("Users")) {
      if (user.path("active").asBoolean()) {
        facts.add(Fact.active(user.path("userName").asText()));
      }
    }
    for (JsonNode group : provider.list("Groups")) {
      String name = group.path("displayName").asText();
      for (JsonNode member : group.path("members")) {
        String id = member.path("value").asText();
        String who = names.getOrDefault(id, id);
        facts.add(Company.TEAMS.contains(who) ? Fact.nested(name, who) : Fact.member(name, who));
      }
    }
    return facts;
  }

  private void live(Lane lane) {
    try {
      while (!over) {
        long begin = System.nanoTime();
        lane.live();
        long pause = 1_000_000_000L * LANES / perSecond - (System.nanoTime() - begin);
        Thread.sleep(Duration.ofNanos(Math.max(0, pause)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
