package io.pgscim.ingest.clients;

import io.pgscim.ingest.directory.Ids;
import io.pgscim.ingest.directory.Sql;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The tables of clients and secrets, within the caller's transaction. */
public final class ClientRows {
  private static final String INSERT_CLIENT = sql("insert-client");
  private static final String CLIENTS = sql("clients");
  private static final String LOCK_CLIENT = sql("lock-client");
  private static final String SECRETS = sql("secrets");
  private static final String INSERT_SECRET = sql("insert-secret");
  private static final String END_SECRETS = sql("end-secrets");

  private ClientRows() {}

  /** Adds a client; completes with null when its name is taken. */
  public static Future<Client> insert(
      SqlClient tx, String source, String name, UUID me, String by) {
    Client client = new Client(Ids.next(), source, name, me, now(), by);
    return tx.preparedQuery(INSERT_CLIENT)
        .execute(Tuple.of(client.id(), source, name, me, at(client.created()), by))
        .map(rows -> rows.size() == 0 ? null : client);
  }

  /**
   * @param name null for all
   */
  static Future<List<Client>> clients(SqlClient tx, String source, String name) {
    return tx.preparedQuery(CLIENTS).execute(Tuple.of(source, name)).map(ClientRows::clients);
  }

  /** Completes with null when there is none. */
  static Future<Client> lock(SqlClient tx, String source, String name) {
    return tx.preparedQuery(LOCK_CLIENT)
        .execute(Tuple.of(source, name))
        .map(rows -> rows.size() == 0 ? null : clients(rows).get(0));
  }

  static Future<Void> markDeleted(SqlClient tx, UUID client) {
    return tx.preparedQuery("UPDATE scim.client SET deleted = now() WHERE id = $1")
        .execute(Tuple.of(client))
        .mapEmpty();
  }

  static Future<List<Secret>> secrets(SqlClient tx, UUID client) {
    return tx.preparedQuery(SECRETS)
        .execute(Tuple.of(client))
        .map(
            rows -> {
              List<Secret> secrets = new ArrayList<>();
              rows.forEach(row -> secrets.add(secret(row)));
              return secrets;
            });
  }

  /**
   * @param expires null for never
   */
  public static Future<Secret.Issued> insert(
      SqlClient tx, Client client, Kind kind, Instant expires, String by) {
    String text = SecretText.next();
    Instant until = expires == null ? null : expires.truncatedTo(ChronoUnit.MICROS);
    Secret secret = new Secret(Ids.next(), kind, now(), by, until, null, null);
    return tx.preparedQuery(INSERT_SECRET)
        .execute(
            Tuple.of(
                secret.id(),
                client.id(),
                kind.word(),
                Buffer.buffer(SecretText.hash(text)),
                at(secret.created()),
                by,
                at(until)))
        .map(new Secret.Issued(secret, text));
  }

  static Future<Void> end(SqlClient tx, List<Secret> secrets, Instant when) {
    UUID[] ids = secrets.stream().map(Secret::id).toArray(UUID[]::new);
    return tx.preparedQuery(END_SECRETS).execute(Tuple.of(ids, at(when))).mapEmpty();
  }

  /** Tells every instance to read the tables again; the last statement of each change. */
  public static Future<Void> raiseVersion(SqlClient tx) {
    return tx.query("UPDATE scim.client_version SET value = value + 1").execute().mapEmpty();
  }

  private static List<Client> clients(RowSet<Row> rows) {
    List<Client> clients = new ArrayList<>();
    for (Row row : rows) {
      clients.add(
          new Client(
              row.getUUID("id"),
              row.getString("source"),
              row.getString("name"),
              row.getUUID("me"),
              instant(row, "created"),
              row.getString("created_by")));
    }
    return clients;
  }

  private static Secret secret(Row row) {
    return new Secret(
        row.getUUID("id"),
        Kind.of(row.getString("kind")),
        instant(row, "created"),
        row.getString("created_by"),
        instant(row, "expires"),
        instant(row, "ends"),
        instant(row, "last_used"));
  }

  static Instant instant(Row row, String column) {
    OffsetDateTime time = row.getOffsetDateTime(column);
    return time == null ? null : time.toInstant();
  }

  static OffsetDateTime at(Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  static String sql(String file) {
    return Sql.read(ClientRows.class, file);
  }

  /** As the database keeps it. */
  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }
}
