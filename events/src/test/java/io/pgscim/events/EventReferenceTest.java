package io.pgscim.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/events.md} is written from the code: run with {@code -Dpgscim.docs=write} after a
 * change.
 */
class EventReferenceTest {
  private static final Path REFERENCE = Path.of("../docs/events.md");
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void theReferenceSaysWhatTheCodeSays() throws IOException {
    String reference = reference();
    if ("write".equals(System.getProperty("pgscim.docs"))) {
      Files.writeString(REFERENCE, reference);
    }

    assertThat(Files.readString(REFERENCE))
        .as("docs/events.md is out of date: ./mvnw test -pl events -Dpgscim.docs=write")
        .isEqualTo(reference);
  }

  private static String reference() throws IOException {
    var page = new StringBuilder();
    page.append(
        """
        # Events

        CloudEvents 1.0 on Kafka, binary mode: attributes are headers `ce_…`, the record's value is JSON. Beside the
        required attributes every event carries `ce_txn` (one request or schedule = one txn), `ce_actor`,
        `ce_requestedat` (when the request arrived), `ce_recordedtime` (when its producer saw it committed),
        `ce_partitionkey` (the record's key) and, where the request had one, `traceparent`.

        This page is generated from the code. The JSON Schema of each type lies beside it in [events/](events/).

        ## Topics

        | topic | partitions | configuration |
        |---|---|---|
        """);
    for (Topic topic : Topic.values()) {
      page.append(
          "| `%s` | %d | %s |%n".formatted(topic.topicName, topic.partitions, config(topic)));
    }
    for (Topic topic : Topic.values()) {
      boolean titled = false;
      for (EventType type : EventType.values()) {
        if (type.topic == topic) {
          if (!titled) {
            page.append("%n## On `%s`%n".formatted(topic.topicName));
            titled = true;
          }
          describe(type, page);
        }
      }
    }
    return page.toString();
  }

  private static void describe(EventType type, StringBuilder page) throws IOException {
    String name = type.data.getSimpleName();
    JsonNode schema = JSON.readTree(Path.of("../docs/events", name + ".schema.json").toFile());
    page.append(
        "%n### [%s](events/%s.schema.json)%n%n%s Type `%s`.%n%n"
            .formatted(name, name, schema.path("description").asText(), type.ceType));
    String example = Files.readString(Path.of("src/test/resources/golden", name + ".json")).strip();
    page.append("```json%n%s%n```%n".formatted(JSON.readTree(example).toPrettyString()));
  }

  private static String config(Topic topic) {
    return topic.config.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> "`" + entry.getKey() + "=" + entry.getValue() + "`")
        .reduce((a, b) -> a + " " + b)
        .orElse("");
  }
}
