package io.pgscim.ingest.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the commands print on standard output. */
final class Print {
  private Print() {}

  /** A line per element, a column per field; nothing for what is absent. */
  static void table(JsonNode rows, String... fields) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of(fields));
    for (JsonNode row : rows) {
      lines.add(
          IntStream.range(0, fields.length)
              .mapToObj(i -> row.path(fields[i]))
              .map(value -> value.isArray() ? words(value) : value.asText(""))
              .map(text -> text.equals("null") ? "" : text)
              .toList());
    }
    int[] widths =
        IntStream.range(0, fields.length)
            .map(i -> lines.stream().mapToInt(line -> line.get(i).length()).max().orElse(0))
            .toArray();
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        text.append(line.get(i)).append(" ".repeat(widths[i] - line.get(i).length() + 2));
      }
      System.out.println(text.toString().stripTrailing());
    }
  }

  private static String words(JsonNode array) {
    List<String> words = new ArrayList<>();
    array.forEach(element -> words.add(element.asText()));
    return words.stream().collect(Collectors.joining(","));
  }

  /** A secret that was just issued, on a line of its own so that a script can take it. */
  static void issued(JsonNode secret) {
    System.err.println(
        "This is shown once. Secret " + secret.path("id").asText() + until(secret) + ":");
    System.out.println(secret.path("secret").asText());
  }

  private static String until(JsonNode secret) {
    String expires = secret.path("expires").asText("");
    return expires.isEmpty() || expires.equals("null") ? "" : ", valid until " + expires;
  }
}
