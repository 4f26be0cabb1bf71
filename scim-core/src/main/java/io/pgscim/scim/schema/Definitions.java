package io.pgscim.scim.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.pgscim.scim.schema.ResourceType.Extension;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The resource types that are served and all schemas: those that are built in, and those that files
 * define in the form in which discovery shows them (RFC 7643 §6, §7). Either all of it is right or
 * nothing is served.
 *
 * <p>A resource type that has the name of a built-in one adds its extensions to that.
 *
 * @param types in the order in which discovery lists them
 * @param schemas by URI
 */
public record Definitions(List<ResourceType> types, Map<String, Schema> schemas) {
  /** Nothing but what is built in. */
  public static final Definitions BUILT_IN = of(Map.of());

  /** Endpoints of the protocol itself (RFC 7644 §3.2). */
  private static final Set<String> RESERVED =
      Set.of("/schemas", "/resourcetypes", "/serviceproviderconfig", "/me", "/bulk");

  public Definitions {
    types = List.copyOf(types);
    schemas = Map.copyOf(schemas);
  }

  /**
   * What is built in and what the files define.
   *
   * @param files the content of each by its name: a schema, a resource type, or an array of them,
   *     told apart by their {@code schemas}
   * @throws IllegalArgumentException naming the file, what is wrong in it, and the cure
   */
  public static Definitions of(Map<String, JsonNode> files) {
    Reading reading = new Reading();
    Map<String, JsonNode> ordered = new TreeMap<>(files);
    ordered.forEach((file, json) -> reading.each(file, json, Schema.URI, reading::schema));
    ordered.forEach((file, json) -> reading.each(file, json, ResourceType.URI, reading::type));
    reading.checkAllUsed();
    return new Definitions(List.copyOf(reading.types.values()), reading.schemas);
  }

  /** What has been understood so far. */
  private static final class Reading {
    private final Map<String, Schema> schemas = new LinkedHashMap<>(BuiltIn.schemas());
    private final Map<String, ResourceType> types = new LinkedHashMap<>();
    private final Map<String, String> unused = new TreeMap<>();

    Reading() {
      BuiltIn.resourceTypes().forEach(type -> types.put(type.name(), type));
    }

    private interface Reader {
      void read(String file, JsonNode json);
    }

    void each(String file, JsonNode json, String kind, Reader reader) {
      for (JsonNode one : json.isArray() ? json : List.of(json)) {
        try {
          if (kind(one).equals(kind)) {
            reader.read(file, one);
          }
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
      }
    }

    private static String kind(JsonNode json) {
      for (JsonNode uri : json.path("schemas")) {
        if (uri.asText().equals(Schema.URI) || uri.asText().equals(ResourceType.URI)) {
          return uri.asText();
        }
      }
      throw new IllegalArgumentException(
          "\"schemas\" says what this is: " + Schema.URI + " or " + ResourceType.URI);
    }

    void schema(String file, JsonNode json) {
      Schema schema = SchemaJson.schema(json);
      SchemaRules.check(schema);
      if (known(schema.id())) {
        throw new IllegalArgumentException(
            "the schema " + schema.id() + " is there already; give this one a URN of its own");
      }
      schemas.put(schema.id(), schema);
      unused.put(schema.id(), file);
    }

    private boolean known(String uri) {
      return schemas.keySet().stream().anyMatch(uri::equalsIgnoreCase);
    }

    void type(String file, JsonNode json) {
      ResourceType type = SchemaJson.resourceType(json, schemas);
      ResourceType same = types.get(type.name());
      if (same == null) {
        checkNew(type);
        types.put(type.name(), type);
      } else if (same.endpoint().equals(type.endpoint()) && same.is(type)) {
        types.put(type.name(), same.extended(type.extensions()));
      } else {
        throw new IllegalArgumentException(
            "there is a resource type "
                + type.name()
                + " already; to extend it keep its endpoint "
                + same.endpoint()
                + " and its schema "
                + same.schema().id());
      }
      checkExtensions(types.get(type.name()));
      unused.remove(type.schema().id());
      type.extensions().forEach(extension -> unused.remove(extension.schema().id()));
    }

    private void checkNew(ResourceType type) {
      String endpoint = type.endpoint().toLowerCase(Locale.ROOT);
      if (RESERVED.contains(endpoint)) {
        throw new IllegalArgumentException(
            "the endpoint " + type.endpoint() + " is one of the protocol's own; choose another");
      }
      for (ResourceType other : types.values()) {
        if (other.name().equalsIgnoreCase(type.name())
            || other.endpoint().equalsIgnoreCase(endpoint)) {
          throw new IllegalArgumentException(
              "resource type "
                  + type.name()
                  + ": name or endpoint "
                  + type.endpoint()
                  + " is taken by "
                  + other.name()
                  + "; choose another");
        }
        if (other.is(type)) {
          throw new IllegalArgumentException(
              "resource type "
                  + type.name()
                  + ": the schema "
                  + type.schema().id()
                  + " is that of "
                  + other.name()
                  + "; give each type its own");
        }
      }
    }

    private void checkExtensions(ResourceType type) {
      Set<String> seen = new HashSet<>();
      seen.add(type.schema().id());
      List<String> bases = new ArrayList<>();
      types.values().forEach(other -> bases.add(other.schema().id()));
      for (Extension extension : type.extensions()) {
        String uri = extension.schema().id();
        if (!seen.add(uri) || bases.contains(uri)) {
          throw new IllegalArgumentException(
              "resource type "
                  + type.name()
                  + ": "
                  + uri
                  + " cannot extend it; it does so already, or is a resource type's own schema");
        }
      }
    }

    void checkAllUsed() {
      unused.forEach(
          (uri, file) -> {
            throw new IllegalArgumentException(
                file
                    + ": no resource type has the schema "
                    + uri
                    + "; name it in one, as \"schema\" or in \"schemaExtensions\"");
          });
    }
  }
}
