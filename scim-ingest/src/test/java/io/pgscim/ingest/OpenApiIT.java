package io.pgscim.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.schema.BuiltIn;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/openapi.json} is what the service says about itself: run with {@code
 * -Dpgscim.docs=write} after a change.
 */
@QuarkusTest
@QuarkusTestResource(RealSurroundings.class)
class OpenApiIT {
  private static final Path DOCUMENT = Path.of("../docs/openapi.json");
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  @Test
  void theDocumentSaysWhatIsServed() throws IOException {
    String document = sorted(withoutTestTypes(served())) + "\n";
    if ("write".equals(System.getProperty("pgscim.docs"))) {
      Files.writeString(DOCUMENT, document);
    }

    assertThat(Files.readString(DOCUMENT))
        .as("docs/openapi.json is out of date: run this test with -Dpgscim.docs=write")
        .isEqualTo(document);
  }

  @Test
  void everyPathIsServedAndAsksForACredential() {
    JsonNode paths = served().path("paths");

    assertThat(paths.size()).isGreaterThan(10);
    paths
        .properties()
        .forEach(
            path -> {
              String concrete =
                  path.getKey().replace("{source}", "okta").replaceAll("\\{[a-z]+\\}", "x");
              path.getValue()
                  .fieldNames()
                  .forEachRemaining(
                      method -> {
                        if (!path.getValue().path(method).path("security").isEmpty()) {
                          assertThat(
                                  Scim.send(
                                          Scim.bare(
                                                  method.toUpperCase(java.util.Locale.ROOT),
                                                  "",
                                                  null)
                                              .uri(URI.create(Scim.root() + concrete))
                                              .build())
                                      .status())
                              .as("%s %s", method, concrete)
                              .isEqualTo(401);
                        }
                      });
            });
  }

  /** The resource types that the tests bring along are nobody's business. */
  private static JsonNode withoutTestTypes(JsonNode document) {
    for (JsonNode type : Scim.get("/ResourceTypes").at("/Resources")) {
      boolean builtIn =
          BuiltIn.resourceTypes().stream()
              .anyMatch(known -> known.name().equals(type.get("name").asText()));
      if (!builtIn) {
        String path = "/scim/v2" + type.get("endpoint").asText();
        ((ObjectNode) document.get("paths")).remove(List.of(path, path + "/{id}"));
        ((ObjectNode) document.at("/components/schemas")).remove(type.get("name").asText());
      }
    }
    return document;
  }

  private static JsonNode served() {
    return Scim.send(
            Scim.bare("GET", "", null)
                .uri(URI.create(Scim.root() + "/q/openapi?format=json"))
                .build())
        .body();
  }

  private static String sorted(JsonNode json) throws IOException {
    return JSON.writerWithDefaultPrettyPrinter()
        .writeValueAsString(JSON.treeToValue(json, Object.class));
  }
}
