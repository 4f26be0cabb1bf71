package io.pgscim.audit.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * CSV (RFC 4180) for spreadsheets. A value that a spreadsheet would take for a formula gets an
 * apostrophe in front, which makes it text.
 */
public record Csv() implements Format {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String END = "\r\n";

  private record Column(String name, Function<JsonNode, JsonNode> value) {}

  private static final List<Column> COLUMNS =
      List.of(
          in("when", "happened"),
          in("when", "requested"),
          in("when", "recorded"),
          in("when", "logged"),
          own("outcome"),
          own("what"),
          own("who"),
          in("which", "user"),
          in("which", "role"),
          in("which", "object"),
          in("which", "cluster"),
          in("which", "group"),
          in("which", "directory"),
          own("which"),
          own("txn"),
          own("event"),
          own("type"),
          own("source"),
          own("trace"),
          in("from", "topic"),
          in("from", "partition"),
          in("from", "offset"),
          own("details"));

  private static Column own(String name) {
    return new Column(name, entry -> entry.path(name));
  }

  private static Column in(String holder, String name) {
    return new Column(name, entry -> entry.path(holder).path(name));
  }

  @Override
  public byte[] head() {
    return Format.utf8(
        COLUMNS.stream().map(Column::name).collect(Collectors.joining(",", "index,", END)));
  }

  @Override
  public byte[] entry(long index, byte[] entry) throws IOException {
    JsonNode json = JSON.readTree(entry);
    return Format.utf8(
        COLUMNS.stream()
            .map(column -> field(text(column.value().apply(json))))
            .collect(Collectors.joining(",", index + ",", END)));
  }

  private static String text(JsonNode value) {
    if (value.isMissingNode()) {
      return "";
    }
    return value.isContainerNode() ? value.toString() : value.asText();
  }

  static String field(String text) {
    String harmless =
        !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    boolean plain = harmless.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return plain ? harmless : '"' + harmless.replace("\"", "\"\"") + '"';
  }
}
