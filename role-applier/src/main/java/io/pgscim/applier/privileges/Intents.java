package io.pgscim.applier.privileges;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgscim.applier.cluster.Session;
import io.pgscim.applier.cluster.Sql;
import io.pgscim.applier.cluster.Transaction;
import io.pgscim.messaging.Outbox;
import io.pgscim.messaging.OutgoingRecord;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What is about to be done in a database, with the events that will tell of it. Noted in the home
 * database before, settled after: a crash in between leaves the note, and the next pass settles it
 * by what it then finds.
 */
final class Intents {
  private static final String NOTE = Sql.of(Intents.class, "note_intents");
  private static final String SETTLE = Sql.of(Intents.class, "settle_intents");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** One change that may have been made. */
  record Intent(UUID id, boolean granted, List<String> entitlements) {}

  private final Session home;
  private final String database;

  Intents(Session home, String database) {
    this.home = home;
    this.database = database;
  }

  /** What an earlier pass left behind. */
  List<Intent> open() {
    List<Intent> open = new ArrayList<>();
    for (Row row :
        home.ask(
            "SELECT id, granted, entitlements FROM pgscim.intent WHERE database = $1", database)) {
      open.add(
          new Intent(
              row.getUUID("id"),
              row.getBoolean("granted"),
              Arrays.asList(row.getArrayOfStrings("entitlements"))));
    }
    return open;
  }

  /** Notes changes, durably. */
  void note(Map<PrivilegeChange, OutgoingRecord> changes) {
    Map<PrivilegeChange, OutgoingRecord> ordered = new LinkedHashMap<>(changes);
    Tuple parameters = Tuple.of(database);
    Tuple columns = Outbox.parameters(List.copyOf(ordered.values()));
    parameters.addValue(columns.getValue(0));
    parameters.addValue(
        ordered.keySet().stream().map(PrivilegeChange::grant).toArray(Boolean[]::new));
    parameters.addValue(ordered.keySet().stream().map(Intents::keys).toArray(String[]::new));
    for (int i = 1; i < 6; i++) {
      parameters.addValue(columns.getValue(i));
    }
    try (Transaction transaction = home.begin()) {
      transaction.send(NOTE, parameters);
      transaction.commit();
    }
  }

  /** Sends off the events of what was done, and forgets the rest. */
  void settle(Transaction transaction, List<UUID> done) {
    transaction.send(SETTLE, Tuple.of(database, done.toArray(UUID[]::new)));
  }

  /** Which of the open ones are done, going by what is held. */
  static List<UUID> done(List<Intent> open, Set<Entitlement> held) {
    Set<String> keys = held.stream().map(Entitlement::key).collect(Collectors.toSet());
    Predicate<Intent> isDone =
        intent -> PrivilegeChange.holds(intent.granted(), intent.entitlements(), keys);
    return open.stream().filter(isDone).map(Intent::id).toList();
  }

  private static String keys(PrivilegeChange change) {
    try {
      return JSON.writeValueAsString(change.entitlements().stream().map(Entitlement::key).toList());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts have JSON", e);
    }
  }
}
