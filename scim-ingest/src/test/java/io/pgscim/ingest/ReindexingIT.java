package io.pgscim.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgscim.ingest.directory.Reindexing;
import io.pgscim.scim.schema.Definitions;
import io.pgscim.scim.schema.ResourceType;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A schema that changes takes the rows with it, or says why it cannot. */
@QuarkusTest
@QuarkusTestResource(RealSurroundings.class)
class ReindexingIT {
  @Inject Reindexing reindexing;

  @BeforeEach
  void twoTools() {
    DirectoryTables.execute("DELETE FROM scim.resource WHERE type = 'Tool'");
    DirectoryTables.execute("DELETE FROM scim.resource_type WHERE name = 'Tool'");
    for (String colour : List.of("Red", "red")) {
      DirectoryTables.execute(
          "INSERT INTO scim.resource VALUES (gen_random_uuid(), 'default', 'Tool', 1, now(), now(), NULL, false,"
              + " NULL, '{\"colour\": \""
              + colour
              + "\", \"size\": \""
              + (colour.equals("Red") ? "L" : "XL")
              + "\"}', '{}')");
    }
  }

  @Test
  void whatComparesDifferentlyIsMadeAgain() {
    reindexing.follow(List.of(tool("{'name': 'colour'}")));
    assertThat(comparable("red")).isEqualTo(2);

    reindexing.follow(List.of(tool("{'name': 'colour', 'caseExact': true}")));
    assertThat(comparable("red")).isEqualTo(1);
    assertThat(comparable("Red")).isEqualTo(1);
  }

  @Test
  void whatBecomesUniqueIsClaimed() {
    reindexing.follow(
        List.of(
            tool(
                "{'name': 'colour', 'caseExact': true, 'uniqueness': 'server'},"
                    + "{'name': 'size', 'uniqueness': 'server'}")));

    assertThat(
            DirectoryTables.number(
                "SELECT count(*) FROM scim.resource WHERE type = 'Tool' AND name_unique"
                    + " AND name IN ('Red', 'red')"))
        .isEqualTo(2);
    assertThat(
            DirectoryTables.number(
                "SELECT count(*) FROM scim.unique_value WHERE type = 'Tool' AND attribute = 'size'"
                    + " AND value IN ('l', 'xl')"))
        .isEqualTo(2);
  }

  @Test
  void whatCannotBeUniqueStopsTheStartAndChangesNothing() {
    reindexing.follow(List.of(tool("{'name': 'colour', 'caseExact': true}")));

    assertThatThrownBy(
            () -> reindexing.follow(List.of(tool("{'name': 'colour', 'uniqueness': 'server'}"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("resource type Tool: two resources have the same value");
    assertThat(comparable("Red")).isEqualTo(1);
  }

  @Test
  void whatIsOfAnotherTypeNowStopsTheStart() {
    assertThatThrownBy(
            () -> reindexing.follow(List.of(tool("{'name': 'colour', 'type': 'boolean'}"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("does not fit its schema any more: colour is true or false");
  }

  private static long comparable(String colour) {
    return DirectoryTables.number(
        "SELECT count(*) FROM scim.resource WHERE type = 'Tool' AND comparable ->> 'colour' = '"
            + colour
            + "'");
  }

  private static ResourceType tool(String attributes) {
    String json =
        "[{'schemas': ['urn:ietf:params:scim:schemas:core:2.0:Schema'], 'id': 'urn:x:Tool', 'attributes': ["
            + attributes
            + "]}, {'schemas': ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'], 'name': 'Tool',"
            + " 'endpoint': '/Tools', 'schema': 'urn:x:Tool'}]";
    try {
      return Definitions.of(
              Map.of("tool.json", new ObjectMapper().readTree(json.replace('\'', '"'))))
          .types()
          .getLast();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
