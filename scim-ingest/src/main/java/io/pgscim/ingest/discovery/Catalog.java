package io.pgscim.ingest.discovery;

import io.pgscim.ingest.IngestConfig;
import io.pgscim.ingest.directory.Reindexing;
import io.pgscim.scim.schema.Definitions;
import io.pgscim.scim.schema.ResourceType;
import io.pgscim.scim.schema.Schema;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** The resource types that are served, and the schemas they have: the only place that knows. */
@Startup
@ApplicationScoped
public class Catalog {
  private final List<ResourceType> types;
  private final Collection<Schema> schemas;

  /**
   * @throws ConfigurationException when a file is wrong, or what is stored does not fit it: the
   *     service then does not start
   */
  @Inject
  public Catalog(IngestConfig config, Reindexing reindexing) {
    this(config.resourceTypes().map(Catalog::read).orElse(Definitions.BUILT_IN));
    try {
      reindexing.follow(types);
    } catch (IllegalStateException e) {
      throw new ConfigurationException(e.getMessage(), e);
    }
  }

  /** Of these definitions, whatever is stored. */
  public Catalog(Definitions all) {
    this.types = all.types();
    this.schemas = new TreeMap<>(all.schemas()).values();
  }

  private static Definitions read(Path folder) {
    try {
      return Definitions.of(ResourceTypeFiles.in(folder));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          "pgscim.resource-types: " + folder + ": " + e.getMessage(), e);
    }
  }

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
    return schemas;
  }
}
