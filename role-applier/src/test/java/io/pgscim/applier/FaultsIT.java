package io.pgscim.applier;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.events.GroupState;
import io.pgscim.events.RoleChanged;
import io.pgscim.events.UserState;
import io.pgscim.parts.RealParts;
import io.pgscim.parts.network.Proxy;
import io.pgscim.parts.process.ChildProcess;
import io.pgscim.parts.process.Launch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The packaged service under load, killed {@code -Dpgscim.kills} times, its connections cut in the
 * middle of COMMIT and at any other moment, the cluster stopped for {@code -Dpgscim.stop}: nobody
 * has at any moment what was not given, and every change is recorded exactly once.
 */
class FaultsIT {
  private static final int KILLS = Integer.getInteger("pgscim.kills", 10);
  private static final Duration STOP =
      Duration.parse("PT" + System.getProperty("pgscim.stop", "3s"));
  private static final int PEOPLE = 40;

  private final long seed = Long.getLong("pgscim.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final List<Mover> movers = new ArrayList<>();
  private World world;
  private Watcher watcher;
  private GroupState readers;
  private GroupState writers;
  private volatile boolean over;
  private int pushes;
  private int cuts;

  /** Somebody who joins and leaves, comes and goes. */
  private static final class Mover {
    UserState user;
    boolean reads;
    boolean writes;

    Mover(UserState user) {
      this.user = user;
    }
  }

  @Test
  void nobodyHasWhatWasNotGivenAndEveryChangeIsRecordedOnce() throws Exception {
    System.err.println("faults: seed=" + seed);
    Path log = Files.createTempFile("role-applier", ".log");
    int port = RealParts.database().port();
    try (World fresh = new World();
        Proxy proxy = new Proxy(RealParts.database().host(), port, seed)) {
      world = fresh;
      try (Watcher watching = new Watcher(world)) {
        watcher = watching;
        begin();
        Thread load = Thread.ofPlatform().name("load").start(this::load);
        Thread cutter = Thread.ofPlatform().name("cutter").start(this::cut);
        killAgainAndAgain(proxy, log);
        over = true;
        load.join();
        cutter.join();
        proxy.cutCommits(0);
        ChildProcess applier = launch(proxy, log);
        world.settled();
        applier.stop();
        System.err.printf(
            "faults: kills=%d stop=%s cutBeforeCommit=%d cutAfterCommit=%d terminated=%d pushes=%d"
                + " looks=%d appearances=%d%n",
            KILLS,
            STOP,
            proxy.cutBefore(),
            proxy.cutAfter(),
            cuts,
            pushes,
            watcher.looks(),
            watcher.appearances());
        assertThat(watcher.wrong()).as("seed %d, log %s", seed, log).isEmpty();
        assertThat(watcher.appearances()).as("seen").isGreaterThan(PEOPLE);
      }
      assertThat(access()).as("seed %d, log %s", seed, log).isEqualTo(wanted());
      assertThat(recorded()).as("seed %d, log %s", seed, log).isEqualTo(access());
      assertThat(inCommit(proxy)).as("cut in COMMIT").isPositive();
    }
    Files.delete(log);
  }

  private void begin() {
    readers = world.group("readers-" + world.tag);
    writers = world.group("writers-" + world.tag);
    world.push(readers, writers);
    for (int i = 0; i < PEOPLE; i++) {
      var mover = new Mover(world.user("p" + i + "." + world.tag));
      movers.add(mover);
      watcher.gives(mover.user.userName() + " login");
      world.push(mover.user);
    }
    // Somebody who is in a group and not active: never anything.
    UserState never = world.user("9", "never." + world.tag, false);
    world.push(never, world.member(readers, never, true));
  }

  private void killAgainAndAgain(Proxy proxy, Path log) throws Exception {
    for (int kill = 0; kill < KILLS; kill++) {
      long before = taken();
      ChildProcess applier = launch(proxy, log);
      if (kill == 0 || random.nextBoolean()) {
        world.eventually("it works", () -> taken() > before);
        proxy.cutCommits(4);
        if (kill == 0) { // Chance alone would let some runs of few kills end without a cut.
          world.eventually("a COMMIT is cut", () -> inCommit(proxy) > 0);
        }
        Thread.sleep(random.nextInt(500));
      } else {
        Thread.sleep(random.nextInt(3500)); // While it begins, or just has.
      }
      if (kill == KILLS / 2) {
        RealParts.database().stop();
        Thread.sleep(STOP.toMillis());
        RealParts.database().start();
        Thread.sleep(1000);
      }
      assertThat(applier.isAlive()).as("it is killed, and does not end by itself: " + log).isTrue();
      applier.kill();
    }
  }

  private static int inCommit(Proxy proxy) {
    return proxy.cutBefore() + proxy.cutAfter();
  }

  /** How much of the topic was taken in; 0 while there is no ledger or no server. */
  private long taken() {
    try {
      return Long.parseLong(
          world
              .ask(world.home(), "SELECT coalesce(sum(next_offset), 0) FROM pgscim.ledger_position")
              .getFirst());
    } catch (IllegalStateException away) {
      return 0;
    }
  }

  private ChildProcess launch(Proxy proxy, Path log) {
    String java = ProcessHandle.current().info().command().orElseThrow();
    return ChildProcess.start(
        new Launch(
            "role-applier",
            List.of(
                java,
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath().toString()),
            Map.of(
                "PGSCIM_CLUSTER_URL",
                "postgresql://127.0.0.1:" + proxy.port() + "/" + world.home(),
                "PGSCIM_CLUSTER_USERNAME",
                "pgscim_applier",
                "PGSCIM_POLICY_FILE",
                world.policyFile.toString(),
                "KAFKA_BOOTSTRAP_SERVERS",
                world.kafka().get("bootstrap.servers").toString(),
                "QUARKUS_HTTP_PORT",
                "0"),
            Path.of("").toAbsolutePath(),
            log,
            "TERM",
            Duration.ofSeconds(10)));
  }

  /** What identity providers send meanwhile; each event is acknowledged before the next. */
  private void load() {
    var choice = new Random(seed + 1);
    while (!over) {
      Mover mover = movers.get(choice.nextInt(PEOPLE));
      String name = mover.user.userName();
      switch (choice.nextInt(5)) {
        case 0, 1 -> {
          mover.reads = !mover.reads;
          given(mover.reads && mover.user.active(), name + " " + world.reader);
          world.push(world.member(readers, mover.user, mover.reads));
        }
        case 2, 3 -> {
          mover.writes = !mover.writes;
          given(mover.writes && mover.user.active(), name + " " + world.writer);
          world.push(world.member(writers, mover.user, mover.writes));
        }
        default -> {
          boolean active = !mover.user.active();
          given(active, name + " login");
          given(active && mover.reads, name + " " + world.reader);
          given(active && mover.writes, name + " " + world.writer);
          mover.user = world.user(mover.user.id(), name, active);
          world.push(mover.user);
        }
      }
      pushes++;
      pause(10);
    }
  }

  private void given(boolean really, String what) {
    if (really) {
      watcher.gives(what);
    }
  }

  private void cut() {
    while (!over) {
      pause(2000);
      try {
        world.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE usename = 'pgscim_applier' ORDER BY random() LIMIT 1");
        cuts++;
      } catch (IllegalStateException away) {
        // The cluster is stopped: there is nothing to cut.
      }
    }
  }

  private Set<String> wanted() {
    Set<String> wanted = new HashSet<>();
    for (Mover mover : movers) {
      if (mover.user.active()) {
        wanted.add(mover.user.userName() + " login");
        if (mover.reads) {
          wanted.add(mover.user.userName() + " " + world.reader);
        }
        if (mover.writes) {
          wanted.add(mover.user.userName() + " " + world.writer);
        }
      }
    }
    return wanted;
  }

  private Set<String> access() {
    Set<String> access = new HashSet<>();
    for (Mover mover : movers) {
      String name = mover.user.userName();
      if (world.canLogin(name)) {
        access.add(name + " login");
      }
      world.memberships(name).forEach(one -> access.add(name + " " + one.replaceAll(" by .*", "")));
    }
    return access;
  }

  /**
   * What the recorded changes add up to. One recorded twice would give what is there, or take what
   * is not; one not recorded would be missing in the sum.
   */
  private Set<String> recorded() {
    Set<String> access = new HashSet<>();
    for (RoleChanged changed : world.events(RoleChanged.class)) {
      if (changed.userId() == null) {
        continue;
      }
      String of = changed.role() + " ";
      String what = changed.change().description();
      switch (changed.change().kind()) {
        case CREATE_ROLE, ENABLE_LOGIN ->
            assertThat(access.add(of + "login")).as(of + what).isTrue();
        case DISABLE_LOGIN -> assertThat(access.remove(of + "login")).as(of + what).isTrue();
        case GRANT_MEMBERSHIP ->
            assertThat(access.add(of + changed.change().object())).as(of + what).isTrue();
        case REVOKE_MEMBERSHIP ->
            assertThat(access.remove(of + changed.change().object())).as(of + what).isTrue();
        default -> throw new AssertionError("nobody asked for this: " + of + what);
      }
    }
    return access;
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
