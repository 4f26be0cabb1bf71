package io.pgscim.endtoend;

import static io.pgscim.endtoend.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.local.LocalSystem;
import io.pgscim.local.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Broker, database and the three services as processes, as {@code deploy/quickstart} runs them. */
public final class Stack implements AutoCloseable {
  private static Stack shared;

  private final LocalSystem system;
  private final Map<String, String> env;

  private Stack(LocalSystem system) {
    this.system = system;
    this.env = system.env();
  }

  /** The one that all tests of this JVM share; it goes when the JVM goes. */
  static synchronized Stack running() {
    if (shared == null) {
      shared = fresh();
      Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
    }
    return shared;
  }

  /** One of its own, on an empty data folder; the caller closes it. */
  public static Stack fresh() {
    return fresh(settings -> settings);
  }

  /** The same, under another policy. */
  public static Stack fresh(Path policy) {
    return fresh(settings -> settings.withPolicy(policy));
  }

  /** One as those settings say; the caller closes it. */
  public static Stack on(Settings settings) {
    return new Stack(LocalSystem.start(settings, LocalSystem.SILENT));
  }

  private static Stack fresh(UnaryOperator<Settings> as) {
    try {
      Path data = Files.createTempDirectory("pgscim-");
      System.err.println("stack: starting in " + data);
      return on(as.apply(Settings.in(root(), data)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The repository. */
  public static Path root() {
    return Path.of(System.getProperty("pgscim.root", "..")).toAbsolutePath().normalize();
  }

  public Scim scim() {
    return new Scim(env.get("SCIM_BASE_URL"), token());
  }

  /** The bearer token that scim-ingest knows. */
  public String token() {
    return env.get("SCIM_TOKEN");
  }

  public Cluster cluster() {
    return new Cluster(env.get("DATABASE_URL"));
  }

  public Log log() {
    return new Log(env.get("AUDIT_URL"));
  }

  public KafkaTopics topics() {
    return new KafkaTopics(env.get("KAFKA_BOOTSTRAP_SERVERS"));
  }

  /** Where scim-ingest listens on 127.0.0.1. */
  public int scimPort() {
    return URI.create(env.get("SCIM_BASE_URL")).getPort();
  }

  /** The folder of the audit log. */
  public Path auditLog() {
    return Path.of(env.get("AUDIT_LOG"));
  }

  /** Where role-applier answers. */
  public String applierUrl() {
    return env.get("APPLIER_URL");
  }

  /** The process of a part. */
  public long pid(String part) {
    return system.pid(part);
  }

  /** Stops parts properly; they stay down. */
  public void without(String... parts) {
    List.of(parts).forEach(system::stop);
  }

  /** SIGKILL; it stays down until {@link #start}. */
  public void kill(String part) {
    system.kill(part);
  }

  /** Starts a part that is down; returns once it is ready. */
  public void start(String part) {
    system.startAgain(part);
  }

  /**
   * Waits until nothing moves any more: no event waits in an outbox, role-applier has read every
   * identity event, and every event stands in the log.
   */
  public void settle() throws Exception {
    eventually(
        () -> {
          assertThat(waiting()).as("rows in the outboxes").isEqualTo(List.of("0", "0"));
          assertThat(topics().lag("role-applier-local", "identity-events"))
              .as("lag of role-applier")
              .isZero();
          assertThat(waiting()).as("rows in the outboxes").isEqualTo(List.of("0", "0"));
          assertThat(log().size()).as("entries in the log").isEqualTo(topics().distinctEvents());
        });
  }

  private List<String> waiting() {
    return List.of(
        cluster().in("directory").list("SELECT count(*) FROM scim.outbox").getFirst(),
        cluster().in("pgscim").list("SELECT count(*) FROM pgscim.outbox").getFirst());
  }

  @Override
  public void close() {
    system.close();
  }
}
