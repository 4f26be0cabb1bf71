package io.pgscim.audit.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgscim.audit.entry.Indexed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/** One entry on one line: its JSON with the index, or words for people. */
record EntryLine(boolean json) {
  private static final ObjectMapper JSON = new ObjectMapper();

  String of(long index, byte[] entry) {
    if (json) {
      return new String(Indexed.json(index, entry), StandardCharsets.UTF_8);
    }
    try {
      return harmless(words(index, JSON.readTree(entry)));
    } catch (JsonProcessingException e) {
      return index + " is no entry of pgscim";
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory can be read", e);
    }
  }

  private static String words(long index, JsonNode entry) {
    var which = new StringJoiner(" ");
    entry
        .path("which")
        .properties()
        .forEach(field -> which.add(field.getKey() + "=" + field.getValue().asText()));
    var line = new StringJoiner("  ");
    line.add("%7d".formatted(index))
        .add(entry.path("when").path("happened").asText())
        .add("%-8s".formatted(entry.path("outcome").asText()))
        .add(entry.path("what").asText())
        .add(which.toString());
    add(line, "by ", entry.path("who"));
    add(line, "txn ", entry.path("txn"));
    add(line, ": ", entry.path("details").path("description"));
    add(line, "because ", entry.path("details").path("reason"));
    return line.toString();
  }

  private static void add(StringJoiner line, String word, JsonNode value) {
    if (value.isTextual()) {
      line.add(word + value.asText());
    }
  }

  /** What a terminal would obey is shown instead. */
  private static String harmless(String text) {
    var safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                safe.append("\\u%04x".formatted(c));
              } else {
                safe.appendCodePoint(c);
              }
            });
    return safe.toString();
  }
}
