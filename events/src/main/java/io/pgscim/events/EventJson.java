package io.pgscim.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;

/**
 * The JSON of an event's data. Fields in the order of the record, absent when null; instants as RFC
 * 3339 in UTC. A reader ignores fields that it does not know, so that producers may add some.
 */
public final class EventJson {
  /**
   * Deepest nesting and longest document that a consumer reads; a producer stays far below both.
   */
  static final int MAX_DEPTH = 32;

  static final int MAX_LENGTH = 1_000_000;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxDocumentLength(MAX_LENGTH)
                          .build())
                  .build())
          .addModule(new JavaTimeModule())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .build();

  private EventJson() {}

  /** The event's data as UTF-8 JSON. */
  public static byte[] write(Event event) {
    try {
      return MAPPER.writeValueAsBytes(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an event of " + event.getClass() + " has no JSON", e);
    }
  }

  /**
   * The event that the JSON holds.
   *
   * @throws MalformedEvent when it is not JSON, or not an event of that type
   */
  public static Event read(EventType type, byte[] json) throws MalformedEvent {
    try {
      Event event = MAPPER.readValue(json, type.data);
      if (event == null) {
        throw new MalformedEvent("the data is null");
      }
      return event;
    } catch (ValueInstantiationException e) {
      throw new MalformedEvent(
          e.getCause() == null ? "a field is missing" : e.getCause().getMessage());
    } catch (JsonProcessingException e) {
      // The original message may quote personal data from the document.
      throw new MalformedEvent(
          "not the JSON of "
              + type.data.getSimpleName()
              + ", at offset "
              + e.getLocation().getByteOffset());
    } catch (IOException e) {
      throw new MalformedEvent("unreadable");
    }
  }
}
