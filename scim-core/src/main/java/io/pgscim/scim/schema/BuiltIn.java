package io.pgscim.scim.schema;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The schemas and resource types that come with pgscim: those of RFC 7643, and one for users. */
public final class BuiltIn {
  private static final Map<String, Schema> SCHEMAS =
      Stream.of(
              "user",
              "enterprise-user",
              "pgscim-user",
              "group",
              "service-provider-config",
              "resource-type",
              "schema")
          .map(SchemaFile::schema)
          .collect(Collectors.toUnmodifiableMap(Schema::id, Function.identity()));

  /** Users, with the enterprise extension and that of pgscim. */
  public static final ResourceType USER = resourceType("user-type");

  /** Groups. */
  public static final ResourceType GROUP = resourceType("group-type");

  private BuiltIn() {}

  /** All schemas, by URI. */
  public static Map<String, Schema> schemas() {
    return SCHEMAS;
  }

  /** All resource types that are served. */
  public static List<ResourceType> resourceTypes() {
    return List.of(USER, GROUP);
  }

  private static ResourceType resourceType(String file) {
    return SchemaJson.resourceType(SchemaFile.read(file), SCHEMAS);
  }
}
