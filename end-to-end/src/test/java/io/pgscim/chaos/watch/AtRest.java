package io.pgscim.chaos.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgscim.chaos.check.Ending;
import io.pgscim.chaos.check.Ending.Change;
import io.pgscim.chaos.check.Ending.Entry;
import io.pgscim.chaos.check.Ending.Place;
import io.pgscim.chaos.check.Ending.Told;
import io.pgscim.chaos.traffic.Traffic;
import io.pgscim.endtoend.Cluster;
import io.pgscim.endtoend.KafkaTopics;
import io.pgscim.endtoend.Stack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Waits until nothing moves any more, and reads what there is everywhere. */
public final class AtRest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> TOPICS =
      List.of("identity-events", "role-changes", "security-events");
  private static final String IDENTITY = "io.pgscim.identity.";

  private static final String LEDGER =
      """
      SELECT 'user/' || user_id || ' ' || version FROM pgscim.ledger_user
      UNION ALL SELECT 'group/' || group_id || ' ' || version FROM pgscim.ledger_group
      UNION ALL SELECT 'member/' || group_id || '/' || user_id || ' ' || version FROM pgscim.ledger_membership
      """;

  private final Stack stack;
  private final Traffic traffic;

  public AtRest(Stack stack, Traffic traffic) {
    this.stack = stack;
    this.traffic = traffic;
  }

  /** Returns what still waits when the patience is over; nothing when all came to rest before. */
  public List<String> await(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      List<String> waiting = waiting();
      if (waiting.isEmpty() || System.nanoTime() > end) {
        return waiting;
      }
      Thread.sleep(100);
    }
  }

  private List<String> waiting() {
    List<String> waiting = new ArrayList<>();
    try {
      count(waiting, "rows in the directory's outbox", outbox("directory", "scim"));
      count(waiting, "rows in the cluster's outbox", outbox("pgscim", "pgscim"));
      count(
          waiting,
          "identity events not read by role-applier",
          stack.topics().lag("role-applier-local", "identity-events"));
      if (waiting.isEmpty()) {
        Set<String> logged = new HashSet<>();
        entries().forEach(entry -> logged.add(entry.event()));
        count(
            waiting,
            "events not in the log",
            told().stream().map(Told::event).distinct().filter(id -> !logged.contains(id)).count());
      }
    } catch (Exception away) {
      waiting.add("a part that does not answer: " + away.getMessage());
    }
    return waiting;
  }

  private static void count(List<String> waiting, String what, long many) {
    if (many > 0) {
      waiting.add(many + " " + what);
    }
  }

  private long outbox(String database, String schema) {
    return Long.parseLong(
        stack.cluster().in(database).list("SELECT count(*) FROM " + schema + ".outbox").getFirst());
  }

  /** Reads everything. */
  public Ending read(List<String> waiting) throws IOException, InterruptedException, SQLException {
    Map<String, Long> ledger = new TreeMap<>();
    Cluster home = stack.cluster().in("pgscim");
    for (String row : home.list(LEDGER)) {
      String[] keyAndVersion = row.split(" ");
      ledger.put(keyAndVersion[0], Long.valueOf(keyAndVersion[1]));
    }
    Verified verified = verify();
    return new Ending(
        traffic.directory(),
        traffic.keys(),
        told(),
        ledger,
        Watcher.access(stack.cluster(), Traffic.domain()),
        entries(),
        verified.says(),
        verified.intact(),
        waiting);
  }

  private List<Told> told() throws IOException {
    List<Told> told = new ArrayList<>();
    for (String topic : TOPICS) {
      for (ConsumerRecord<String, byte[]> record : stack.topics().read(topic)) {
        told.add(told(record));
      }
    }
    return told;
  }

  private static Told told(ConsumerRecord<String, byte[]> record) throws IOException {
    JsonNode data = JSON.readTree(record.value());
    boolean identity = header(record, "ce_type").startsWith(IDENTITY);
    return new Told(
        new Place(record.topic(), record.partition(), record.offset()),
        KafkaTopics.eventId(record),
        record.key(),
        identity ? data.path("version").asLong() : 0,
        identity && holds(data),
        data.has("change") && data.hasNonNull("userId") ? change(data) : null);
  }

  private static boolean holds(JsonNode state) {
    if (state.has("present")) {
      return state.path("present").asBoolean();
    }
    return !state.path("deleted").asBoolean() && state.path("active").asBoolean(true);
  }

  private static Change change(JsonNode changed) {
    JsonNode change = changed.path("change");
    return new Change(
        change.path("kind").asText(),
        changed.path("role").asText(),
        change.path("object").asText());
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private List<Entry> entries() {
    return stack.log().entries().stream()
        .map(
            entry -> {
              JsonNode from = entry.path("from");
              return new Entry(
                  entry.path("event").asText(),
                  from.isObject()
                      ? new Place(
                          from.path("topic").asText(),
                          from.path("partition").asInt(),
                          from.path("offset").asLong())
                      : null);
            })
        .toList();
  }

  private record Verified(boolean intact, String says) {}

  /** As an auditor does it. What was appended a moment ago is signed a moment later. */
  private Verified verify() throws IOException, InterruptedException {
    Verified verified = auditVerify();
    long size = stack.log().size();
    String all = ": " + size + " entries";
    for (int i = 0; i < 50 && verified.intact() && !verified.says().contains(all); i++) {
      Thread.sleep(200);
      verified = auditVerify();
    }
    return verified.says().contains(all)
        ? verified
        : new Verified(false, verified.says() + ", and the log has " + size);
  }

  private Verified auditVerify() throws IOException, InterruptedException {
    Process audit =
        new ProcessBuilder(
                Stack.root().resolve("audit-sink/audit").toString(),
                "verify",
                stack.auditLog().toString())
            .redirectErrorStream(true)
            .start();
    String says = new String(audit.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return new Verified(audit.waitFor() == 0, says);
  }
}
