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

  /** All types. */
  public List<ResourceType> types() {
    return types;
  }

  Collection<Schema> schemas() {
    return schemas.values();
  }
}
