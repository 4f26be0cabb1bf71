package io.pgscim.audit.index;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.pgscim.events.Instants;
import java.io.IOException;
import java.time.DateTimeException;

/** Takes out of an entry's bytes what the index keeps of it. */
final class Facts {
  private static final JsonFactory JSON = new JsonFactory();

  private final Sink sink;
  private long logged;

  /** Told of every term of the entry. */
  interface Sink {
    void term(long term);
  }

  private Facts(Sink sink) {
    this.sink = sink;
  }

  /**
   * Tells the sink every term.
   *
   * @return when the log took the entry, milliseconds since 1970
   * @throws IOException when the bytes are no entry
   */
  static long read(byte[] entry, Sink sink) throws IOException {
    var facts = new Facts(sink);
    try (JsonParser parser = JSON.createParser(entry)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("no entry");
      }
      facts.own(parser);
    } catch (DateTimeException e) {
      throw new IOException("no entry: " + e.getMessage(), e);
    }
    return facts.logged;
  }

  private void own(JsonParser parser) throws IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      switch (name) {
        case "which" -> which(parser);
        case "when" -> when(parser);
        default -> {
          if (value == JsonToken.VALUE_STRING && Terms.OWN.contains(name)) {
            sink.term(Terms.of(name, parser.getText()));
          }
          parser.skipChildren();
        }
      }
    }
  }

  private void which(JsonParser parser) throws IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      if (parser.nextToken() == JsonToken.VALUE_STRING && Terms.WHICH.contains(name)) {
        sink.term(Terms.of(name, parser.getText()));
      }
      parser.skipChildren();
    }
  }

  private void when(JsonParser parser) throws IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      if (name.equals("logged")) {
        logged = Instants.parse(parser.getText()).toEpochMilli();
      }
      parser.skipChildren();
    }
  }
}
