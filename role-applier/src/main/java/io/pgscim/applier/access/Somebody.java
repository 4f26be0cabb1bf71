package io.pgscim.applier.access;

import com.fasterxml.jackson.databind.node.TextNode;
import io.pgscim.applier.cluster.Sql;
import io.pgscim.applier.cluster.Transaction;
import io.pgscim.applier.wanted.WantedAccess;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A role that somebody asked about.
 *
 * @param attributes of the whole cluster: {@code SUPERUSER}, {@code BYPASSRLS}, {@code NOLOGIN} …
 * @param because empty when the role is not a person's or not managed
 */
public record Somebody(long oid, String role, List<String> attributes, Optional<Because> because) {
  private static final String PERSON = Sql.of(Somebody.class, "person");

  public Somebody {
    Objects.requireNonNull(role, "role");
    attributes = List.copyOf(attributes);
    Objects.requireNonNull(because, "because");
  }

  /**
   * Who is meant: the user of that id, else the role of that name, else whoever has that userName,
   * ignoring case. More than one where several sources have the same userName.
   *
   * @param home in the home database
   */
  public static List<Somebody> meantBy(
      Transaction home, WantedAccess wanted, Instant now, String text) {
    // As it stands in the JSON of the ledger; what this finds too much is left out below.
    String json = TextNode.valueOf(text).toString();
    List<Row> rows = new ArrayList<>();
    home.ask(PERSON, text, json).forEach(rows::add);
    Map<Long, Because> because =
        Because.of(home, wanted, now, rows.stream().map(row -> row.getLong("oid")).toList());
    List<Somebody> found =
        rows.stream()
            .map(
                row ->
                    new Somebody(
                        row.getLong("oid"),
                        row.getString("name"),
                        List.of(row.getArrayOfStrings("attributes")),
                        Optional.ofNullable(because.get(row.getLong("oid")))))
            .toList();
    Predicate<Somebody> byId = one -> one.because().map(b -> b.userId().equals(text)).orElse(false);
    Predicate<Somebody> byUserName =
        one ->
            one.because()
                .flatMap(Because::userName)
                .map(name -> name.equalsIgnoreCase(text))
                .orElse(false);
    for (Predicate<Somebody> meant :
        List.<Predicate<Somebody>>of(byId, one -> one.role().equals(text), byUserName)) {
      List<Somebody> some = found.stream().filter(meant).toList();
      if (!some.isEmpty()) {
        return some;
      }
    }
    return List.of();
  }
}
