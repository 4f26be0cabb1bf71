package io.pgscim.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.events.Cause;
import io.pgscim.events.Envelope;
import io.pgscim.events.Event;
import io.pgscim.events.GroupState;
import io.pgscim.events.Headers;
import io.pgscim.events.IdentityEvent;
import io.pgscim.events.MembershipState;
import io.pgscim.events.Topic;
import io.pgscim.parts.Broker;
import io.pgscim.parts.Database;
import io.pgscim.parts.RealParts;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboxRelayIT {
  private static final Cause CAUSE =
      new Cause("txn-1", "test", Instant.parse("2026-03-01T09:30:00Z"), null);

  private static Vertx vertx;
  private static Broker broker;
  private static Database database;

  private final Outbox outbox = new Outbox("relay");
  private final List<OutboxRelay> relays = new ArrayList<>();
  private Pool pool;

  @BeforeAll
  static void start() throws Exception {
    vertx = Vertx.vertx();
    broker = RealParts.broker();
    database = RealParts.database();
    database.createDatabase("relay");
    Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
    Topics.create(kafka, List.of(Topic.values()));
  }

  @BeforeEach
  void emptyOutbox() throws IOException {
    pool = pool();
    String ddl;
    try (InputStream migration = Outbox.class.getResourceAsStream("/db/outbox/V0001__outbox.sql")) {
      ddl = new String(migration.readAllBytes(), StandardCharsets.UTF_8);
    }
    pool.query(
            "DROP SCHEMA IF EXISTS relay CASCADE; CREATE SCHEMA relay; SET search_path = relay; "
                + ddl
                + "; RESET search_path")
        .executeAndAwait();
  }

  @AfterEach
  void closeRelays() {
    relays.forEach(OutboxRelay::close);
    pool.closeAndAwait();
  }

  @AfterAll
  static void stop() {
    vertx.closeAndAwait();
  }

  @Test
  void publishesWhatWasCommittedInOrderAndForgetsIt() throws Exception {
    String group = UUID.randomUUID().toString();
    List<Event> versions = versions(group, 600);
    relay(toKafka()).start();

    for (List<Event> chunk :
        List.of(versions.subList(0, 1), versions.subList(1, 300), versions.subList(300, 600))) {
      commit(chunk);
      relays.getFirst().wake();
    }

    assertThat(received(group, 600)).extracting(Envelope::event).isEqualTo(versions);
    await(() -> backlog() == 0);
  }

  @Test
  void keepsHeadersWhateverTheySay() {
    Map<String, String> headers =
        Map.of(
            "plain",
            "x",
            "quotes \"\\",
            "\"},{\"a\":\\",
            "lines\n",
            "\r\n\t\u0001",
            "Zoë",
            "€ 😀",
            "none",
            "");

    outbox
        .addRecords(
            pool,
            List.of(new OutgoingRecord(UUID.randomUUID(), "t", "k", "raw", headers, new byte[0])))
        .await()
        .indefinitely();

    Map<String, String> kept = new HashMap<>();
    pool.query("SELECT name, value FROM relay.outbox, jsonb_each_text(headers) AS h (name, value)")
        .executeAndAwait()
        .forEach(row -> kept.put(row.getString("name"), row.getString("value")));
    assertThat(kept).isEqualTo(headers);
  }

  @Test
  void saysWhenAnEventWasRecordedAndKeepsItsCause() throws Exception {
    String group = UUID.randomUUID().toString();
    Instant before = Instant.now();
    relay(toKafka()).start();

    commit(versions(group, 1));

    Envelope event = received(group, 1).getFirst();
    assertThat(event.cause()).isEqualTo(CAUSE);
    assertThat(event.recordedAt()).isBetween(before, Instant.now());
  }

  @Test
  void doesNotSkipWhoDrewAnEarlierPositionAndCommittedLater() throws Exception {
    String early = UUID.randomUUID().toString();
    String late = UUID.randomUUID().toString();
    relay(toKafka()).start();
    SqlConnection slow = pool.getConnection().await().indefinitely();
    var transaction = slow.begin().await().indefinitely();
    add(slow, versions(late, 1));

    commit(versions(early, 1));
    assertThat(received(early, 1)).hasSize(1);
    transaction.commit().await().indefinitely();
    slow.close().await().indefinitely();

    assertThat(received(late, 1)).hasSize(1);
  }

  @Test
  void publishesAgainUnderTheSameIdWhenTheAcknowledgementWasLost() throws Exception {
    String group = UUID.randomUUID().toString();
    AtomicBoolean lost = new AtomicBoolean();
    Publisher kafka = toKafka();
    relay(
            record ->
                kafka
                    .publish(record)
                    .onItem()
                    .transformToUni(
                        sent ->
                            lost.compareAndSet(false, true)
                                ? Uni.createFrom()
                                    .failure(new IllegalStateException("acknowledgement lost"))
                                : Uni.createFrom().voidItem()))
        .start();

    commit(versions(group, 1));

    List<Envelope> twice = received(group, 2);
    assertThat(twice.get(0).id()).isEqualTo(twice.get(1).id());
    await(() -> backlog() == 0);
  }

  @Test
  void losesNothingAndReordersNothingWhileTheBrokerIsAway() throws Exception {
    String group = UUID.randomUUID().toString();
    List<Event> versions = versions(group, 300);
    relay(toKafka()).start();
    commit(versions.subList(0, 100));

    broker.kill();
    commit(versions.subList(100, 300));
    assertThat(backlog()).isPositive();
    broker.start();

    await(() -> backlog() == 0);
    assertThat(received(group, 300)).extracting(Envelope::event).isEqualTo(versions);
  }

  @Test
  void aRefusedRecordHoldsBackItsOwnKeyOnlyAndItsLatestStateComesLast() throws Exception {
    String refused = UUID.randomUUID().toString();
    String other = UUID.randomUUID().toString();
    AtomicBoolean tooLarge = new AtomicBoolean(true);
    Publisher kafka = toKafka();
    OutboxRelay relay =
        relay(
            record ->
                tooLarge.get()
                        && record.key().contains(refused)
                        && text(record.payload()).contains("\"version\":2,")
                    ? kafka.publish(oversized(record))
                    : kafka.publish(record));
    List<Event> mixed = new ArrayList<>();
    for (int version = 1; version <= 4; version++) {
      mixed.add(MembershipState.of(refused, "u", version, true));
      mixed.add(MembershipState.of(other, "u", version, true));
    }
    relay.start();

    commit(mixed);
    await(() -> relay.heldBack() == 1 && backlog() == 3);
    commit(List.of(MembershipState.of(other, "u", 5, true)));

    assertThat(versionsOf(received(other, 5))).containsExactly(1L, 2L, 3L, 4L, 5L);
    await(() -> backlog() == 3);
    tooLarge.set(false);
    await(() -> backlog() == 0);
    assertThat(relay.heldBack()).isZero();
    assertThat(versionsOf(received(refused, 6))).containsSubsequence(1L, 2L, 3L, 4L).endsWith(4L);
  }

  @Test
  void goesOnWhenItsTopicWasDeletedAndMadeAgain() throws Exception {
    String before = UUID.randomUUID().toString();
    String after = UUID.randomUUID().toString();
    Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
    relay(toKafka()).start();
    commit(versions(before, 50));
    assertThat(received(before, 50)).hasSize(50);

    try (Admin admin = Admin.create(kafka)) {
      admin.deleteTopics(List.of(Topic.IDENTITY_EVENTS.topicName)).all().get();
      commit(versions(after, 50));
      Thread.sleep(1_000);
      assertThat(backlog()).isEqualTo(50);
    }
    Topics.create(kafka, List.of(Topic.IDENTITY_EVENTS));

    assertThat(versionsOf(received(after, 50))).isSorted();
    await(() -> backlog() == 0);
  }

  @Test
  void stopsSoonWhileTheBrokerIsAwayAndLeavesTheRowsToTheNext() throws Exception {
    String group = UUID.randomUUID().toString();
    OutboxRelay first = relay(toKafka());
    first.start();
    await(first::leading);
    commit(versions(group, 1));
    await(() -> backlog() == 0);

    broker.kill();
    try {
      commit(versions(group, 2).subList(1, 2));
      Thread.sleep(500);
      Instant told = Instant.now();
      first.close();
      assertThat(Duration.between(told, Instant.now())).isLessThan(Duration.ofSeconds(5));
      assertThat(first.running()).isFalse();
      assertThat(backlog()).isEqualTo(1);
    } finally {
      broker.start();
    }
    relay(toKafka()).start();

    assertThat(versionsOf(received(group, 2))).containsExactly(1L, 2L);
  }

  @Test
  void countsExactlyWhatIsLittleAndEstimatesWhatIsMuch() {
    pool.query(
            "INSERT INTO relay.outbox (id, aggregatetype, aggregateid, type, headers, payload,"
                + " created_at) SELECT gen_random_uuid(), 't', 'k', 't', '{}', '',"
                + " now() - interval '1 minute' FROM generate_series(1, 9000)")
        .executeAndAwait();
    assertThat(outboxRows().rows()).isEqualTo(9_000);
    assertThat(outboxRows().oldest()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(90));

    pool.query(
            "INSERT INTO relay.outbox (id, aggregatetype, aggregateid, type, headers, payload)"
                + " SELECT gen_random_uuid(), 't', 'k', 't', '{}', '' FROM generate_series(1, 21000)")
        .executeAndAwait();
    assertThat(outboxRows().rows()).isEqualTo(30_000);
  }

  @Test
  void largeRowsAreReadAFewAtATime() throws Exception {
    pool.query(
            "INSERT INTO relay.outbox (id, aggregatetype, aggregateid, type, headers, payload)"
                + " SELECT gen_random_uuid(), 'identity-events', 'large-' || i, 't', '{}',"
                + " convert_to(repeat('x', 300 * 1024), 'UTF8') FROM generate_series(1, 100) i")
        .executeAndAwait();
    List<Integer> batches = new CopyOnWriteArrayList<>();
    OutboxRelay relay =
        new OutboxRelay(
            pool,
            outbox,
            toKafka(),
            new RelayObserver() {
              @Override
              public void read(int rows) {
                batches.add(rows);
              }

              @Override
              public void acknowledged(Duration latency) {}

              @Override
              public void refused() {}
            });
    relays.add(relay);
    relay.start();

    await(() -> backlog() == 0);
    assertThat(batches).startsWith(28).allMatch(rows -> rows <= 28);
    assertThat(batches.stream().mapToInt(rows -> rows).sum()).isEqualTo(100);
  }

  @Test
  void standsByWhileAnotherRelayLeadsAndTakesOverWhenItIsGone() throws Exception {
    String group = UUID.randomUUID().toString();
    OutboxRelay first = relay(toKafka());
    first.start();
    await(first::leading);
    OutboxRelay second = relay(toKafka());
    second.start();
    commit(versions(group, 1));
    assertThat(received(group, 1)).hasSize(1);
    assertThat(second.leading()).isFalse();

    first.close();
    commit(List.of(new GroupState(group, "test", 2, false, "later", null)));

    assertThat(received(group, 2)).hasSize(2);
    assertThat(second.leading()).isTrue();
  }

  @Test
  void topicsHaveTheirPartitionsAndCleanupPolicy() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      for (Topic topic : Topic.values()) {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName);
        var config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
        var partitions =
            admin
                .describeTopics(List.of(topic.topicName))
                .allTopicNames()
                .get()
                .get(topic.topicName)
                .partitions();

        assertThat(partitions).hasSize(topic.partitions);
        topic.config.forEach(
            (name, value) -> assertThat(config.get(name).value()).as(name).isEqualTo(value));
      }
    }
  }

  private OutboxRelay relay(Publisher publisher) {
    OutboxRelay relay = new OutboxRelay(pool, outbox, publisher, RelayObserver.NONE);
    relays.add(relay);
    return relay;
  }

  private static Publisher toKafka() {
    return new KafkaPublisher("relay", Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  /** More than any broker takes. */
  private static OutgoingRecord oversized(OutgoingRecord record) {
    return new OutgoingRecord(
        record.id(),
        record.topic(),
        record.key(),
        record.type(),
        record.headers(),
        new byte[2 * 1024 * 1024]);
  }

  private static List<Long> versionsOf(List<Envelope> events) {
    return events.stream().map(e -> ((IdentityEvent) e.event()).version()).toList();
  }

  private static String text(byte[] payload) {
    return new String(payload, StandardCharsets.UTF_8);
  }

  private void commit(List<Event> events) {
    pool.withTransaction(
            connection ->
                outbox.add(
                    connection,
                    events.stream()
                        .map(event -> Envelope.of("/test", Instant.now(), CAUSE, event))
                        .toList()))
        .await()
        .indefinitely();
  }

  private void add(SqlConnection connection, List<Event> events) {
    outbox
        .add(
            connection,
            events.stream()
                .map(event -> Envelope.of("/test", Instant.now(), CAUSE, event))
                .toList())
        .await()
        .indefinitely();
  }

  private static List<Event> versions(String group, int count) {
    return IntStream.rangeClosed(1, count)
        .<Event>mapToObj(version -> MembershipState.of(group, "u", version, version % 2 == 1))
        .toList();
  }

  private long backlog() {
    return outboxRows().rows();
  }

  private Backlog outboxRows() {
    return new OutboxRelay(pool, outbox, toKafka(), RelayObserver.NONE)
        .backlog()
        .await()
        .indefinitely();
  }

  /** The events of that group, in the order of the topic, once there are as many. */
  private static List<Envelope> received(String group, int count) throws Exception {
    Map<String, Object> config =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "auto.offset.reset", "earliest");
    List<Envelope> events = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
      var partitions =
          IntStream.range(0, Topic.IDENTITY_EVENTS.partitions)
              .mapToObj(partition -> new TopicPartition(Topic.IDENTITY_EVENTS.topicName, partition))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Instant deadline = Instant.now().plusSeconds(60);
      while (events.size() < count && Instant.now().isBefore(deadline)) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          if (record.key().contains(group)) {
            events.add(Headers.read(record.key(), name -> header(record, name), record.value()));
          }
        }
      }
    }
    assertThat(events).hasSizeGreaterThanOrEqualTo(count);
    return events;
  }

  private static String header(ConsumerRecord<?, ?> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    Instant deadline = Instant.now().plusSeconds(30);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(deadline);
      Thread.sleep(20);
    }
  }

  private static Pool pool() {
    return PgBuilder.pool()
        .connectingTo(
            PgConnectOptions.fromUri(database.url("relay"))
                .setUser(database.superuser())
                .setPassword(""))
        .with(new PoolOptions().setMaxSize(5))
        .using(vertx)
        .build();
  }
}
