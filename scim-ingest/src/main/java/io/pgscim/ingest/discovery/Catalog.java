package io.pgscim.ingest.discovery;

import io.pgscim.scim.schema.BuiltIn;
import io.pgscim.scim.schema.ResourceType;
import io.pgscim.scim.schema.Schema;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The resource types that are served, and the schemas they have. */
@ApplicationScoped
public class Catalog {
  private final List<ResourceType> types = BuiltIn.resourceTypes();
  private final Map<String, Schema> schemas = new TreeMap<>(BuiltIn.schemas());

  /** The type that is served at an endpoint such as {@code Users}; null when there is none. */
  public ResourceType at(String endpoint) {
    for (ResourceType type : types) {
      if (type.endpoint().substring(1).equals(endpoint)) {
        return type;
      }
    }
    return null;
  }

  /** What a path relative to the base URL names; null when it is no place of resources. */
  public Place place(String path) {
    String[] segments = path.split("/", -1);
    boolean fits = segments.length == 2 || segments.length == 3 && !segments[2].isEmpty();
    ResourceType type = fits && segments[0].isEmpty() ? at(segments[1]) : null;
    return type == null ? null : new Place(type, segments.length == 3 ? segments[2] : null);
  }

  /** All of them, in the order in which they are listed. */
  public List<ResourceType> types() {
    return types;
  }

  Collection<Schema> schemas() {
    return schemas.values();
  }
}
