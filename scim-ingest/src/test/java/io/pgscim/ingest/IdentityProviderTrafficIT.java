package io.pgscim.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What identity providers really send, top to bottom, against an empty directory. A file in the
 * folder is a case; its README says how to write one.
 */
@QuarkusTest
@QuarkusTestResource(RealSurroundings.class)
class IdentityProviderTrafficIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FIXTURES = Path.of("src", "test", "resources", "fixtures");

  @ParameterizedTest
  @MethodSource("files")
  void everyStepIsAnsweredAsTheProviderExpects(String file) throws IOException {
    DirectoryTables.empty();
    Map<String, String> saved = new HashMap<>();
    for (JsonNode step : read(file).get("steps")) {
      String name = file + ": " + step.get("name").asText();
      JsonNode body = step.get("body");

      Scim.Reply reply =
          Scim.send(
              step.get("method").asText(),
              filled(step.get("path").asText(), saved),
              body == null ? null : filled(body.toString().replace("'", "\\u0027"), saved),
              headers(step));

      assertThat(statuses(step)).as(name + " " + reply.body()).contains(reply.status());
      step.path("expect")
          .properties()
          .forEach(
              expected ->
                  assertExpected(
                      name + " " + expected.getKey(),
                      reply.at(expected.getKey()),
                      expected.getValue(),
                      saved));
      step.path("save")
          .properties()
          .forEach(save -> saved.put(save.getKey(), reply.text(save.getValue().asText())));
    }
  }

  private static void assertExpected(
      String what, JsonNode found, JsonNode expected, Map<String, String> saved) {
    if (expected.isObject() && expected.has("$size")) {
      assertThat(found.size()).as(what).isEqualTo(expected.get("$size").asInt());
    } else if (expected.isObject() && expected.has("$set")) {
      assertThat(elements(found)).as(what).isEqualTo(elements(expected.get("$set")));
    } else if (expected.asText().equals("$exists")) {
      assertThat(found.isMissingNode()).as(what).isFalse();
    } else if (expected.asText().equals("$absent")) {
      assertThat(found.isMissingNode()).as(what).isTrue();
    } else if (expected.isTextual()) {
      assertThat(found.asText()).as(what).isEqualTo(filled(expected.asText(), saved));
    } else {
      assertThat(found).as(what).isEqualTo(expected);
    }
  }

  private static List<Integer> statuses(JsonNode step) {
    List<Integer> statuses = new ArrayList<>();
    JsonNode status = step.get("status");
    if (status.isArray()) {
      status.forEach(one -> statuses.add(one.asInt()));
    } else {
      statuses.add(status.asInt());
    }
    return statuses;
  }

  private static Set<JsonNode> elements(JsonNode array) {
    Set<JsonNode> elements = new HashSet<>();
    array.forEach(elements::add);
    return elements;
  }

  private static String filled(String text, Map<String, String> saved) {
    String filled = text;
    for (Map.Entry<String, String> value : saved.entrySet()) {
      filled = filled.replace("${" + value.getKey() + "}", value.getValue());
    }
    return filled;
  }

  private static String[] headers(JsonNode step) {
    return step.path("headers").properties().stream()
        .flatMap(header -> Stream.of(header.getKey(), header.getValue().asText()))
        .toArray(String[]::new);
  }

  static List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(FIXTURES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .sorted()
          .toList();
    }
  }

  private static JsonNode read(String file) throws IOException {
    return JSON.readTree(FIXTURES.resolve(file).toFile());
  }
}
