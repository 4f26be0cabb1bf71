package io.pgscim.ingest.protocol;

import io.pgscim.ingest.discovery.Catalog;
import io.pgscim.scim.schema.ResourceType;
import java.util.List;

/** What a path below the base URL names (RFC 7644 §3.2, table 2). */
sealed interface Endpoint {

  /** {@code /Users}. */
  record Collection(ResourceType type) implements Endpoint {}

  /** {@code /Users/{id}}. */
  record Single(ResourceType type, String id) implements Endpoint {}

  /** {@code /ServiceProviderConfig}. */
  record Config() implements Endpoint {}

  /** {@code /ResourceTypes}, {@code /ResourceTypes/{name}}; null is all. */
  record Types(String name) implements Endpoint {}

  /** {@code /Schemas}, {@code /Schemas/{uri}}; null is all. */
  record Schemas(String uri) implements Endpoint {}

  /** A part of the protocol that this server does not have. */
  record Unsupported(String name) implements Endpoint {}

  /** Nothing. */
  record Unknown() implements Endpoint {}

  /**
   * The path without what is particular about it: safe to count by, and says nothing of anybody.
   */
  default String template() {
    return switch (this) {
      case Collection(ResourceType type) -> type.endpoint();
      case Single(ResourceType type, String id) -> type.endpoint() + "/{id}";
      case Config config -> "/ServiceProviderConfig";
      case Types types -> "/ResourceTypes";
      case Schemas schemas -> "/Schemas";
      case Unsupported(String name) -> name;
      case Unknown unknown -> "unknown";
    };
  }

  /** What the path names. */
  static Endpoint of(List<String> path, Catalog catalog) {
    if (path.isEmpty() || path.size() > 2) {
      return new Unknown();
    }
    String first = path.get(0);
    String second = path.size() == 2 ? path.get(1) : null;
    if (first.equals(".search") || ".search".equals(second)) {
      return new Unsupported("/.search");
    }
    return switch (first) {
      case "ServiceProviderConfig" -> second == null ? new Config() : new Unknown();
      case "ResourceTypes" -> new Types(second);
      case "Schemas" -> new Schemas(second);
      case "Bulk", "Me" -> new Unsupported("/" + first);
      default -> resource(catalog.at(first), second);
    };
  }

  private static Endpoint resource(ResourceType type, String id) {
    if (type == null) {
      return new Unknown();
    }
    return id == null ? new Collection(type) : new Single(type, id);
  }
}
