package io.pgscim.applier;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.applier.cluster.Address;
import io.pgscim.applier.cluster.Cluster;
import io.pgscim.applier.plan.Dialect;
import io.pgscim.events.Cause;
import io.pgscim.events.Envelope;
import io.pgscim.events.Event;
import io.pgscim.events.GroupState;
import io.pgscim.events.Headers;
import io.pgscim.events.MalformedEvent;
import io.pgscim.events.MembershipState;
import io.pgscim.events.Topic;
import io.pgscim.events.UserState;
import io.pgscim.messaging.OutgoingRecord;
import io.pgscim.messaging.Publisher;
import io.pgscim.messaging.Topics;
import io.pgscim.parts.Broker;
import io.pgscim.parts.Database;
import io.pgscim.parts.RealParts;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A home database, an application database with an owner, a policy file, and appliers over them, on
 * the shared broker and server. Everything has a tag in its name, and the policy is about users of
 * that tag alone, so that worlds do not see one another.
 */
final class World implements AutoCloseable {
  /** Held, or the level would be collected with the logger. */
  private static final Logger KAFKA_LOG = Logger.getLogger("org.apache.kafka");

  static {
    KAFKA_LOG.setLevel(Level.SEVERE);
  }

  private static final AtomicInteger WORLDS = new AtomicInteger();
  private static final AtomicLong VERSIONS = new AtomicLong(System.currentTimeMillis());
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  final String tag = "w" + WORLDS.incrementAndGet();
  final String app = "app_" + tag;
  final String owner = "owner_" + tag;
  final String reader = "reader_" + tag;
  final String writer = "writer_" + tag;
  final Path policyFile;

  /** For the appliers that are started from now on. */
  boolean observe;

  /** The same; zero = never. */
  Duration driftEvery = Duration.ZERO;

  private final Broker broker = RealParts.broker();
  private final Database database;
  private final Vertx vertx = Vertx.vertx();
  private final KafkaProducer<String, byte[]> producer;
  private final List<RoleApplier> appliers = new ArrayList<>();

  World() throws Exception {
    this(RealParts.database());
  }

  /** On a server of its own. */
  World(Database database) throws Exception {
    this(database, database.superuser());
  }

  /**
   * @param administrator sets the cluster up for the applier
   */
  World(Database database, String administrator) throws Exception {
    this.database = database;
    Topics.create(kafka(), List.of(Topic.values()));
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "enable.idempotence",
                true,
                "acks",
                "all"),
            new StringSerializer(),
            new ByteArraySerializer());
    policyFile = Files.createTempFile("policy-" + tag, ".yaml");
    run("CREATE DATABASE " + home());
    run("CREATE DATABASE " + app);
    run("CREATE ROLE " + owner);
    run("ALTER DATABASE " + app + " OWNER TO " + owner);
    run("REVOKE ALL ON DATABASE " + app + " FROM PUBLIC");
    run("ALTER DATABASE " + home() + " OWNER TO " + administrator);
    if (Dialect.of(major()) == Dialect.OPTIONS) {
      try (Connection connection = connect(home(), administrator);
          Statement statement = connection.createStatement()) {
        statement.execute(Files.readString(root().resolve("deploy/postgres/applier.sql")));
      }
    } else {
      // Nothing less than a superuser can do it there.
      run(
          "DO 'BEGIN CREATE ROLE pgscim_applier SUPERUSER LOGIN; CREATE ROLE pgscim_leavers;"
              + " EXCEPTION WHEN duplicate_object THEN END'");
    }
    lend(owner, "INHERIT TRUE, SET TRUE");
    in(
        app,
        "SET ROLE "
            + owner
            + "; CREATE SCHEMA sales; CREATE TABLE sales.orders (id int, note text);"
            + " CREATE TABLE sales.lines (id int); INSERT INTO sales.orders VALUES (1, 'first');"
            + " CREATE SEQUENCE sales.numbers; CREATE SCHEMA crm;"
            + " CREATE TABLE crm.customers (id int, email text, country text)");
    policy(usualPolicy());
  }

  /** The major version of the server. */
  int major() {
    return Integer.parseInt(ask("postgres", "SHOW server_version_num").getFirst()) / 10_000;
  }

  /** Makes the applier a member where it has to be one, which a superuser never has to. */
  void lend(String role, String options) {
    if (Dialect.of(major()) == Dialect.OPTIONS) {
      run("GRANT " + role + " TO pgscim_applier WITH " + options);
    }
  }

  private static Path root() {
    return Path.of(System.getProperty("pgscim.root", ".."));
  }

  String home() {
    return "home_" + tag;
  }

  String url() {
    return database.url(home());
  }

  /** The usual policy with a limit. */
  String limitedPolicy(String share, int atLeast) {
    return usualPolicy()
        + "limits:\n  revoke_at_most: { share: %s, but_at_least: %d }\n".formatted(share, atLeast);
  }

  /** Readers of everything in sales, writers who are readers too. */
  String usualPolicy() {
    return """
    cluster: %1$s
    databases: [%2$s]
    owners: [%3$s]
    login_roles:
      for: 'active eq true and userType eq "%1$s"'
      name: '{userName}'
    access_roles:
      %4$s:
        grants:
          - { database: %2$s, privileges: [CONNECT] }
          - { database: %2$s, schema: sales, privileges: [USAGE] }
          - { database: %2$s, schema: sales, tables: '*', privileges: [SELECT] }
          - { database: %2$s, schema: crm, privileges: [USAGE] }
          - { database: %2$s, schema: crm, table: customers, columns: [id, country], privileges: [SELECT] }
      %5$s:
        member_of: [%4$s]
        grants:
          - { database: %2$s, schema: sales, tables: '*', privileges: [INSERT, UPDATE] }
          - { database: %2$s, schema: sales, sequences: '*', privileges: [USAGE] }
    rules:
      - { group: readers-%1$s, gives: [%4$s] }
      - { group: writers-%1$s, gives: [%5$s] }
    """
        .formatted(tag, app, owner, reader, writer);
  }

  void policy(String text) {
    try {
      Files.writeString(policyFile, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Map<String, Object> kafka() {
    return Map.of("bootstrap.servers", broker.bootstrapServers());
  }

  /** Starts an applier as the least-privilege role and waits until it is ready. */
  RoleApplier start() {
    return startBeside();
  }

  /** The same, with these servers as readers. */
  RoleApplier startBeside(Database... readers) {
    RoleApplier applier = startAs("pgscim_applier", readers);
    eventually("ready", () -> applier.standing().ready());
    return applier;
  }

  RoleApplier startAs(String login, Database... readers) {
    Function<Database, Address> address =
        server -> new Address(server.url(home()), Optional.of(login), Optional.empty());
    var applier =
        new RoleApplier(
            vertx,
            new Cluster(
                address.apply(database),
                Stream.of(readers).map(address).toList(),
                Optional.empty()),
            policyFile,
            observe,
            driftEvery,
            kafka(),
            publisher());
    appliers.add(applier);
    applier.start();
    return applier;
  }

  private Publisher publisher() {
    return record -> Uni.createFrom().completionStage(() -> send(record));
  }

  private CompletableFuture<Void> send(OutgoingRecord record) {
    var sent = new CompletableFuture<Void>();
    var out = new ProducerRecord<>(record.topic(), record.key(), record.payload());
    record
        .headers()
        .forEach((name, value) -> out.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    producer.send(
        out,
        (done, failure) -> {
          if (failure == null) {
            sent.complete(null);
          } else {
            sent.completeExceptionally(failure);
          }
        });
    return sent;
  }

  // What an identity provider does.

  UserState user(String userName) {
    return user(UUID.randomUUID().toString(), userName, true);
  }

  UserState user(String id, String userName, boolean active) {
    return new UserState(
        id,
        "test",
        VERSIONS.incrementAndGet(),
        false,
        userName,
        null,
        active,
        null,
        null,
        null,
        tag,
        null,
        null,
        null,
        null);
  }

  GroupState group(String displayName) {
    return new GroupState(
        UUID.randomUUID().toString(), "test", VERSIONS.incrementAndGet(), false, displayName, null);
  }

  MembershipState member(GroupState group, UserState user, boolean present) {
    return MembershipState.of(group.id(), user.id(), VERSIONS.incrementAndGet(), present);
  }

  static UserState gone(UserState user) {
    return UserState.deleted(user.id(), "test", VERSIONS.incrementAndGet());
  }

  /** Pushes events, all caused by one request, and returns its txn. */
  String push(Event... events) {
    String txn = "txn/" + UUID.randomUUID();
    Cause cause = new Cause(txn, "test", Instant.now(), null);
    for (Event event : events) {
      send(OutgoingRecord.of(Envelope.of("/test", Instant.now(), cause, event))).join();
    }
    return txn;
  }

  /** Pushes many events, all caused by one request, and returns its txn. */
  String pushAll(List<? extends Event> events) {
    String txn = "txn/" + UUID.randomUUID();
    Cause cause = new Cause(txn, "test", Instant.now(), null);
    CompletableFuture.allOf(
            events.stream()
                .map(e -> send(OutgoingRecord.of(Envelope.of("/test", Instant.now(), cause, e))))
                .toArray(CompletableFuture[]::new))
        .join();
    return txn;
  }

  /** How many people have that access role. */
  int members(String access) {
    return ask(
            "postgres",
            "SELECT member FROM pg_auth_members JOIN pg_roles role ON role.oid = roleid"
                + " JOIN pg_roles person ON person.oid = member"
                + " WHERE role.rolname = ? AND person.rolcanlogin"
                + " AND person.rolname <> 'pgscim_applier'",
            access)
        .size();
  }

  /** Digests of the holds that stand. */
  List<String> holds() {
    return ask(home(), "SELECT digest FROM pgscim.hold WHERE state = 'held' ORDER BY id");
  }

  /** Pushes an event that somebody asked for at that moment. */
  CompletableFuture<Void> push(Event event, Instant requestedAt) {
    Cause cause = new Cause("txn/" + UUID.randomUUID(), "test", requestedAt, null);
    return send(OutgoingRecord.of(Envelope.of("/test", Instant.now(), cause, event)));
  }

  void pushNoWait(Event event) {
    Cause cause = new Cause("txn/" + UUID.randomUUID(), "test", Instant.now(), null);
    send(OutgoingRecord.of(Envelope.of("/test", Instant.now(), cause, event)));
  }

  void pushRaw(String key, String value) {
    producer.send(
        new ProducerRecord<>(
            Topic.IDENTITY_EVENTS.topicName, key, value.getBytes(StandardCharsets.UTF_8)));
    producer.flush();
  }

  // What a DBA sees and does.

  void run(String sql) {
    in("postgres", sql);
  }

  void in(String where, String sql) {
    try (Connection connection = connect(where, database.superuser());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql + ": " + e.getMessage(), e);
    }
  }

  Connection connect(String where, String login) throws SQLException {
    return connect(database, where, login);
  }

  static Connection connect(Database server, String where, String login) throws SQLException {
    var properties = new java.util.Properties();
    properties.setProperty("user", login);
    properties.setProperty("password", "");
    // Not by the DriverManager, whose idea of which driver is loaded differs from Quarkus's.
    return new org.postgresql.Driver().connect("jdbc:" + server.url(where), properties);
  }

  List<String> ask(String where, String sql, Object... parameters) {
    try (Connection connection = connect(where, database.superuser());
        var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      List<String> rows = new ArrayList<>();
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          rows.add(found.getString(1));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(sql + ": " + e.getMessage(), e);
    }
  }

  boolean exists(String role) {
    return !ask("postgres", "SELECT 1 FROM pg_roles WHERE rolname = ?", role).isEmpty();
  }

  boolean canLogin(String role) {
    return ask("postgres", "SELECT rolcanlogin::text FROM pg_roles WHERE rolname = ?", role)
        .equals(List.of("true"));
  }

  /** Every membership of a role, as {@code role by grantor}. */
  List<String> memberships(String role) {
    return ask(
        "postgres",
        "SELECT roleid::regrole || ' by ' || grantor::regrole FROM pg_auth_members"
            + " JOIN pg_roles ON pg_roles.oid = member WHERE rolname = ? ORDER BY 1",
        role);
  }

  boolean isMember(String role, String access) {
    return memberships(role).contains(access + " by pgscim_granter");
  }

  // What the log will hold.

  /** All events of this cluster on these topics so far. */
  List<Envelope> events(Topic... topics) {
    List<Envelope> events = new ArrayList<>();
    Set<UUID> seen = new HashSet<>();
    for (Topic topic : topics) {
      for (ConsumerRecord<String, byte[]> record : records(topic)) {
        try {
          Envelope envelope =
              Headers.read(record.key(), name -> header(record, name), record.value());
          if (envelope.source().equals("/clusters/" + tag) && seen.add(envelope.id())) {
            events.add(envelope);
          }
        } catch (MalformedEvent e) {
          throw new IllegalStateException(e);
        }
      }
    }
    return events;
  }

  <E extends Event> List<E> events(Class<E> type) {
    return events(Topic.ROLE_CHANGES, Topic.SECURITY_EVENTS).stream()
        .map(Envelope::event)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  /** Everything on a topic now. */
  List<ConsumerRecord<String, byte[]>> records(Topic topic) {
    try (var consumer =
        new KafkaConsumer<>(kafka(), new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.topicName).stream()
              .map(p -> new TopicPartition(topic.topicName, p.partition()))
              .toList();
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
      return records;
    }
  }

  /** Sends every identity event that there ever was once more, and waits until it is taken in. */
  void replay() {
    for (ConsumerRecord<String, byte[]> record : records(Topic.IDENTITY_EVENTS)) {
      producer.send(
          new ProducerRecord<>(
              record.topic(), null, record.key(), record.value(), record.headers()));
    }
    producer.flush();
    settled();
  }

  /** Waits until everything sent was taken in, and everything to tell was told. */
  void settled() {
    eventually(
        "everything is taken in",
        () -> {
          long read =
              Long.parseLong(
                  ask(home(), "SELECT coalesce(sum(next_offset), 0) FROM pgscim.ledger_position")
                      .getFirst());
          return read == end(Topic.IDENTITY_EVENTS)
              && ask(home(), "SELECT 1 FROM pgscim.outbox").isEmpty()
              && ask(home(), "SELECT 1 FROM pgscim.revocation WHERE proven_at IS NULL").isEmpty();
        });
  }

  /** How many records a topic has. */
  long end(Topic topic) {
    try (var consumer =
        new KafkaConsumer<>(kafka(), new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.topicName).stream()
              .map(p -> new TopicPartition(topic.topicName, p.partition()))
              .toList();
      return consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
    }
  }

  String header(ConsumerRecord<String, byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
  }

  void eventually(String what, Callable<Boolean> condition) {
    Instant end = Instant.now().plus(PATIENCE);
    try {
      while (!condition.call()) {
        assertThat(Instant.now()).as("%s; appliers: %s", what, standings()).isBefore(end);
        Thread.sleep(10);
      }
    } catch (Exception e) {
      throw new IllegalStateException(what + " " + standings(), e);
    }
  }

  private List<Standing> standings() {
    return appliers.stream().map(RoleApplier::standing).toList();
  }

  void stopAll() {
    appliers.forEach(RoleApplier::close);
    appliers.clear();
  }

  /** The first that was started, of those that run. */
  void stopOldest() {
    stop(appliers.getFirst());
  }

  /** Those that run, in the order in which they were started. */
  List<RoleApplier> appliers() {
    return List.copyOf(appliers);
  }

  void stop(RoleApplier applier) {
    applier.close();
    appliers.remove(applier);
  }

  @Override
  public void close() throws Exception {
    appliers.forEach(RoleApplier::close);
    producer.close();
    // Not by Mutiny, which is gone already when Quarkus ended first.
    vertx.getDelegate().close().toCompletionStage().toCompletableFuture().join();
    Files.deleteIfExists(policyFile);
  }
}
