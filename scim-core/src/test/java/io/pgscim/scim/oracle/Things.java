package io.pgscim.scim.oracle;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgscim.scim.schema.ResourceType;
import io.pgscim.scim.schema.Schema;
import io.pgscim.scim.schema.SchemaJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** A resource type with attributes of every type, which users and groups do not have. */
final class Things {
  static final ResourceType TYPE =
      new ResourceType("Thing", "/Things", "Anything", schema(), List.of());

  private Things() {}

  private static Schema schema() {
    try (InputStream in = Things.class.getResourceAsStream("thing.json")) {
      return SchemaJson.schema(new ObjectMapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
