package io.pgscim.applier;

import io.pgscim.applier.cluster.Address;
import io.pgscim.applier.cluster.Cluster;
import io.pgscim.applier.cluster.ClusterUnavailable;
import io.pgscim.applier.cluster.Flavour;
import io.pgscim.applier.cluster.Migrations;
import io.pgscim.applier.cluster.Readiness;
import io.pgscim.applier.cluster.Session;
import io.pgscim.applier.policy.Policy;
import io.pgscim.applier.policy.PolicyWatch;
import io.pgscim.applier.reconcile.Ruling;
import io.pgscim.applier.sessions.Reader;
import io.pgscim.messaging.Outbox;
import io.pgscim.messaging.OutboxRelay;
import io.pgscim.messaging.Publisher;
import io.pgscim.messaging.RelayObserver;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.PoolOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * The applier of one cluster. It becomes the writer as soon as the cluster lets it, and again after
 * every interruption; nothing that happens to the cluster, the broker or the policy file ends it.
 */
public final class RoleApplier implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(RoleApplier.class);
  private static final Duration RETRY = Duration.ofMillis(500);
  private static final int RELAY_CONNECTIONS = 2;
  private static final String WRITER_LOCK =
      "SELECT pg_try_advisory_lock(hashtextextended('pgscim.writer', 0)) AS writer";

  private final Vertx vertx;
  private final Address address;
  private final Optional<Flavour> flavour;
  private final Outbox outbox = new Outbox(Migrations.SCHEMA);
  private final Pool pool;
  private final OutboxRelay relay;
  private final PolicyWatch policy;
  private final TurnedAway turnedAway = new TurnedAway();
  private final Term.Surroundings surroundings;
  private final Thread thread;
  private volatile Standing standing = Standing.of(Standing.State.CONNECTING);
  private volatile Term term;
  private volatile boolean closed;

  /**
   * @param observe whether no role is changed, whatever the policy says
   * @param driftEvery how often the cluster is compared with its policy unasked; zero = never
   * @param kafka client configuration, with {@code bootstrap.servers}
   * @param publisher where events go
   */
  public RoleApplier(
      Vertx vertx,
      Cluster cluster,
      Path policyFile,
      boolean observe,
      Duration driftEvery,
      Map<String, Object> kafka,
      Publisher publisher) {
    this.vertx = vertx;
    this.address = cluster.primary();
    this.flavour = cluster.flavour();
    this.pool =
        PgBuilder.pool()
            .with(new PoolOptions().setMaxSize(RELAY_CONNECTIONS))
            .connectingTo(address.home())
            .using(vertx)
            .build();
    this.relay = new OutboxRelay(pool, outbox, publisher, RelayObserver.NONE);
    this.policy = new PolicyWatch(policyFile);
    this.surroundings =
        new Term.Surroundings(
            kafka,
            outbox,
            policy::latest,
            () -> Session.open(vertx, address.home()),
            database -> Session.open(vertx, address.database(database)),
            cluster.readers().stream()
                .map(at -> new Reader(at.server(), () -> Session.open(vertx, at.home())))
                .toList(),
            relay::wake,
            this::stand,
            turnedAway,
            observe,
            driftEvery);
    this.thread = Thread.ofPlatform().name("writer").unstarted(this::run);
  }

  /** Starts working. */
  public void start() {
    thread.start();
  }

  /** How it stands now. */
  public Standing standing() {
    return standing;
  }

  /**
   * What a reconciliation of everything would do now; empty while this process is not the writer.
   *
   * @param proposed instead of the policy in force
   */
  Optional<PlanView> plan(Optional<Policy> proposed) {
    Term now = term;
    Optional<Ruling> ruling = now == null ? Optional.empty() : now.ruling();
    return ruling.map(
        inForce -> {
          try (Session home = Session.open(vertx, address.home())) {
            Ruling asked =
                proposed.map(policy -> DryRun.under(policy, inForce, outbox, home)).orElse(inForce);
            return DryRun.of(asked, outbox, home, surroundings.database());
          }
        });
  }

  /** Asks who can do what; empty while this process is not the writer. */
  <T> Optional<T> inspect(Function<AccessDesk, T> question) {
    Term now = term;
    Optional<Ruling> ruling = now == null ? Optional.empty() : now.ruling();
    return ruling.map(
        inForce -> {
          try (Session home = Session.open(vertx, address.home())) {
            return question.apply(new AccessDesk(inForce, home, surroundings.database()));
          }
        });
  }

  /** Where requests without a valid token are counted. */
  TurnedAway turnedAway() {
    return turnedAway;
  }

  /** Asks the cluster something, whoever the writer is. */
  <T> T ask(Function<Session, T> question) {
    try (Session home = Session.open(vertx, address.home())) {
      return question.apply(home);
    }
  }

  /** Approves or rejects a hold; empty while this process changes no role. */
  Optional<CompletableFuture<Decision>> decide(Function<HoldDesk, Decision> decision) {
    Term now = term;
    return now == null || now.ruling().isEmpty() || now.observing()
        ? Optional.empty()
        : Optional.of(now.decide(decision));
  }

  /** Has the cluster compared with its policy; what is found is kept in the cluster. */
  Comparison compare(String by, boolean heal) {
    Term now = term;
    if (now == null || now.ruling().isEmpty()) {
      return new Comparison.NotTheWriter(standing);
    }
    if (heal && now.observing()) {
      return new Comparison.Observing();
    }
    try {
      ask(session -> session.ask("SELECT"));
    } catch (ClusterUnavailable | PgException e) {
      return new Comparison.Away(e.getMessage());
    }
    return now.compare(by, heal)
        .<Comparison>map(cause -> new Comparison.Begun(cause.txn()))
        .orElseGet(Comparison.Busy::new);
  }

  /** Stops after the transaction in hand. */
  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    relay.close();
    policy.close();
    pool.closeAndAwait();
  }

  private void run() {
    while (!closed) {
      try (Session session = Session.open(vertx, address.home())) {
        switch (Readiness.of(session, flavour)) {
          case Readiness.Lacking lacking -> {
            stand(new Standing(Standing.State.NOT_SET_UP, lacking.missing()));
            pause();
          }
          case Readiness.Ready ready -> serve(session, ready);
        }
      } catch (ClusterUnavailable | PgException e) {
        stand(Standing.of(Standing.State.CONNECTING, address + ": " + e.getMessage()));
        pause();
      } catch (RuntimeException e) {
        LOG.error("the writer failed and begins anew", e);
        stand(Standing.of(Standing.State.CONNECTING, "failed: " + e));
        pause();
      }
    }
  }

  private void serve(Session session, Readiness.Ready ready) {
    while (!closed && !session.ask(WRITER_LOCK).iterator().next().getBoolean("writer")) {
      stand(Standing.of(Standing.State.STANDBY, "another process is the writer"));
      pause();
    }
    if (closed) {
      return;
    }
    ready.remarks().forEach(remark -> LOG.warn(remark));
    stand(Standing.of(Standing.State.CATCHING_UP, "beginning"));
    Migrations.run(address);
    Migrations.adapt(session, ready.powers().memberships().dialect());
    relay.start();
    try (Term begun = new Term(surroundings, session, ready.powers().memberships())) {
      term = begun;
      while (!closed) {
        begun.work();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    } finally {
      term = null;
    }
  }

  private void stand(Standing now) {
    if (!now.equals(standing)) {
      LOG.infof("%s %s", now.state(), String.join("; ", now.details()));
      standing = now;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(RETRY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
