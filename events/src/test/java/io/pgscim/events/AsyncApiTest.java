package io.pgscim.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/asyncapi.json} is written from the code: run with {@code -Dpgscim.docs=write} after a
 * change.
 */
class AsyncApiTest {
  private static final Path DOCUMENT = Path.of("../docs/asyncapi.json");
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void theDocumentSaysWhatTheCodeSays() throws IOException {
    String document = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(asyncApi()) + "\n";
    if ("write".equals(System.getProperty("pgscim.docs"))) {
      Files.writeString(DOCUMENT, document);
    }

    assertThat(Files.readString(DOCUMENT))
        .as("docs/asyncapi.json is out of date: ./mvnw test -pl events -Dpgscim.docs=write")
        .isEqualTo(document);
  }

  private static ObjectNode asyncApi() {
    ObjectNode root = JSON.createObjectNode().put("asyncapi", "3.0.0");
    root.putObject("info")
        .put("title", "pgscim events")
        .put("version", "1.0")
        .put("description", "CloudEvents 1.0 on Kafka in binary mode")
        .putObject("license")
        .put("name", "Apache-2.0");
    root.put("defaultContentType", "application/json");
    ObjectNode channels = root.putObject("channels");
    ObjectNode operations = root.putObject("operations");
    for (Topic topic : Topic.values()) {
      ObjectNode channel = channels.putObject(topic.name()).put("address", topic.topicName);
      ObjectNode messages = channel.putObject("messages");
      for (EventType type : EventType.values()) {
        if (type.topic == topic) {
          String name = type.data.getSimpleName();
          messages.putObject(name).put("$ref", "#/components/messages/" + name);
        }
      }
      kafka(channel, topic);
      operations
          .putObject("send-" + topic.topicName)
          .put("action", "send")
          .putObject("channel")
          .put("$ref", "#/channels/" + topic.name());
    }
    ObjectNode components = root.putObject("components");
    ObjectNode messages = components.putObject("messages");
    for (EventType type : EventType.values()) {
      String name = type.data.getSimpleName();
      ObjectNode message =
          messages.putObject(name).put("name", type.ceType).put("contentType", "application/json");
      message.putObject("headers").put("$ref", "#/components/schemas/CloudEvent");
      message.putObject("payload").put("$ref", "events/" + name + ".schema.json");
    }
    headers(components.putObject("schemas").putObject("CloudEvent"));
    return root;
  }

  private static void kafka(ObjectNode channel, Topic topic) {
    ObjectNode kafka =
        channel.putObject("bindings").putObject("kafka").put("bindingVersion", "0.5.0");
    kafka.put("partitions", topic.partitions);
    ObjectNode config = kafka.putObject("topicConfiguration");
    config.putArray("cleanup.policy").add(topic.config.get("cleanup.policy"));
    if (topic.config.containsKey("retention.ms")) {
      config.put("retention.ms", Long.parseLong(topic.config.get("retention.ms")));
    }
  }

  private static void headers(ObjectNode schema) {
    schema.put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    List<String> required =
        List.of(
            "ce_specversion",
            "ce_id",
            "ce_source",
            "ce_type",
            "ce_time",
            "ce_txn",
            "ce_actor",
            "ce_requestedat");
    for (String header : required) {
      properties.putObject(header).put("type", "string");
    }
    for (String header :
        List.of(
            "ce_recordedtime", "ce_subject", "ce_partitionkey", "ce_dataschema", "traceparent")) {
      properties.putObject(header).put("type", "string");
    }
    required.forEach(schema.putArray("required")::add);
  }
}
