package io.pgscim.messaging;

import io.pgscim.events.Envelope;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The outbox table of one schema. What is added becomes visible, and will be published, exactly
 * when the caller's transaction commits. Order per key holds when whoever adds events of one key
 * holds that key's row lock while adding.
 *
 * <p>The table comes from the Flyway location {@code db/outbox}, versions V0001 to V0099.
 */
public final class Outbox {
  private static final Pattern PLAIN_NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

  private final String schema;
  private final String insert;

  /**
   * @param schema a plain lower-case name, fixed in code
   */
  public Outbox(String schema) {
    if (!PLAIN_NAME.matcher(schema).matches()) {
      throw new IllegalArgumentException("the outbox schema must be a plain lower-case name");
    }
    this.schema = schema;
    this.insert =
        """
        INSERT INTO %s.outbox (id, aggregatetype, aggregateid, type, headers, payload)
        SELECT id, topic, key, type, headers::jsonb, payload
        FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bytea[])
             WITH ORDINALITY AS row (id, topic, key, type, headers, payload, place)
        ORDER BY place
        """
            .formatted(schema);
  }

  String schema() {
    return schema;
  }

  /** Adds events, in this order, with one statement in the caller's transaction. */
  public Uni<Void> add(SqlClient transaction, List<Envelope> events) {
    return addRecords(transaction, events.stream().map(OutgoingRecord::of).toList());
  }

  /** Adds records, in this order, with one statement in the caller's transaction. */
  public Uni<Void> addRecords(SqlClient transaction, List<OutgoingRecord> records) {
    if (records.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return transaction.preparedQuery(insert).execute(parameters(records)).replaceWithVoid();
  }

  /** The text of the insert, for a caller that sends it as part of a larger statement. */
  public String insertSql() {
    return insert;
  }

  /** The six array parameters of {@link #insertSql()}. */
  public static Tuple parameters(List<OutgoingRecord> records) {
    return Tuple.from(
        List.of(
            records.stream().map(OutgoingRecord::id).toArray(UUID[]::new),
            records.stream().map(OutgoingRecord::topic).toArray(String[]::new),
            records.stream().map(OutgoingRecord::key).toArray(String[]::new),
            records.stream().map(OutgoingRecord::type).toArray(String[]::new),
            records.stream().map(r -> json(r.headers())).toArray(String[]::new),
            records.stream().map(r -> Buffer.buffer(r.payload())).toArray(Buffer[]::new)));
  }

  private static String json(Map<String, String> headers) {
    return new JsonObject(Map.copyOf(headers)).encode();
  }
}
