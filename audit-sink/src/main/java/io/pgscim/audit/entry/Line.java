package io.pgscim.audit.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Objects;
import java.util.UUID;

/**
 * An entry ready to be appended.
 *
 * @param event no other entry of the log has it
 * @param from where the record stands in Kafka; null when the service made the entry itself
 * @param bytes canonical JSON, at most {@link #MAX_BYTES}; these bytes are the entry
 * @param beside the details when they are too large to stand in the entry, which then names their
 *     SHA-256; null otherwise
 * @param sealed what is personal of a person, whose SHA-256 the entry names; null otherwise
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record Line(UUID event, Position from, byte[] bytes, byte[] beside, Sealed sealed) {

  /** The longest entry: its length must fit the two bytes that an entry bundle has for it. */
  public static final int MAX_BYTES = 65_535;

  private static final ObjectMapper JSON = new ObjectMapper();

  public Line {
    Objects.requireNonNull(event, "event");
    if (bytes.length == 0 || bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException("an entry of " + bytes.length + " bytes");
    }
  }

  /**
   * An entry as it stands in a log.
   *
   * @throws IOException when the bytes are no entry, or of a form that this version does not know
   */
  public static Line read(byte[] bytes) throws IOException {
    try {
      JsonNode entry = JSON.readTree(bytes);
      if (entry.path("form").asInt() != Entry.FORM) {
        throw new IOException("form " + entry.path("form") + " is not " + Entry.FORM);
      }
      return new Line(
          UUID.fromString(entry.path("event").asText()),
          entry.has("from") ? position(entry.path("from")) : null,
          bytes,
          null,
          null);
    } catch (IllegalArgumentException e) {
      throw new IOException("no entry: " + e.getMessage(), e);
    }
  }

  private static Position position(JsonNode from) {
    return new Position(
        from.path("topic").asText(),
        from.path("partition").asInt(-1),
        from.path("offset").asLong(-1));
  }
}
