package io.pgscim.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.endtoend.Stack;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;

/** What scim-ingest itself wrote about one user, to be written again by others. */
final class Samples {
  private Samples() {}

  /** The row and the event of the newest user, whose event is on Kafka by now. */
  static PgBench.Sample newest(Stack stack) throws Exception {
    var directory = stack.cluster().in("directory");
    String number =
        directory
            .list("SELECT substr(external_id, 2) FROM scim.resource ORDER BY id DESC LIMIT 1")
            .getFirst();
    var record =
        stack.topics().read("identity-events").stream()
            .filter(event -> text(event.value()).contains(number))
            .findFirst()
            .orElseThrow();
    ObjectNode headers = new ObjectMapper().createObjectNode();
    record.headers().forEach(header -> headers.put(header.key(), text(header.value())));
    // Added by the relay.
    headers.remove("ce_recordedtime");
    try (Connection connection = directory.connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT source, name, external_id, document, comparable FROM scim.resource"
                    + " WHERE external_id = 'x"
                    + number
                    + "'")) {
      row.next();
      return new PgBench.Sample(
          Long.parseLong(number),
          record.topic(),
          record.key(),
          headers.path("ce_type").asText(),
          headers.toString(),
          text(record.value()),
          row.getString("source"),
          row.getString("name"),
          row.getString("external_id"),
          row.getString("document"),
          row.getString("comparable"));
    }
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
