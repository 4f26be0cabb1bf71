package io.pgscim.scim.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The JSON files beside these classes. */
final class SchemaFile {
  private SchemaFile() {}

  static Schema schema(String file) {
    return SchemaJson.schema(read(file));
  }

  static JsonNode read(String file) {
    try (InputStream in = SchemaFile.class.getResourceAsStream(file + ".json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException("the schema " + file + " is part of the jar", e);
    }
  }
}
