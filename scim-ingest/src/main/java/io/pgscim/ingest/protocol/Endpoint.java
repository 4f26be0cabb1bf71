package io.pgscim.ingest.protocol;

import io.pgscim.ingest.discovery.Catalog;
import io.pgscim.scim.schema.ResourceType;
import java.util.List;

/** What a path below the base URL names (RFC 7644 §3.2, table 2). */
sealed interface Endpoint {
  /** Where the service provider's configuration is, relative to the base URL. */
  String CONFIG = "/ServiceProviderConfig";

  /** The base URL itself: resources of all types. */
  record Root() implements Endpoint {}

  /** {@code /Users}. */
  record Collection(ResourceType type) implements Endpoint {}

  /** {@code /.search}, {@code /Users/.search} (§3.4.3). */
  record Search(List<ResourceType> types) implements Endpoint {}

  /** {@code /Users/{id}}. */
  record Single(ResourceType type, String id) implements Endpoint {}

  /** {@code /Transactions/{txn}}: what became of a request that was done later (RFC 9967). */
  record Transaction(String txn) implements Endpoint {}

  /** {@code /ServiceProviderConfig}. */
  record Config() implements Endpoint {}

  /** {@code /ResourceTypes}, {@code /ResourceTypes/{name}}; null is all. */
  record Types(String name) implements Endpoint {}

  /** {@code /Schemas}, {@code /Schemas/{uri}}; null is all. */
  record Schemas(String uri) implements Endpoint {}

  /** {@code /Bulk} (§3.7). */
  record Bulk() implements Endpoint {}

  /** {@code /Me}: the user that the client stands for (§3.11). */
  record Me() implements Endpoint {}

  /** Nothing. */
  record Unknown() implements Endpoint {}

  /**
   * The path without what is particular about it: safe to count by, and says nothing of anybody.
   */
  default String template() {
    return switch (this) {
      case Collection(ResourceType type) -> type.endpoint();
      case Single(ResourceType type, String id) -> type.endpoint() + "/{id}";
      case Config config -> CONFIG;
      case Types types -> "/ResourceTypes";
      case Schemas schemas -> "/Schemas";
      case Root root -> "/";
      case Search(List<ResourceType> types) ->
          (types.size() == 1 ? types.get(0).endpoint() : "") + "/.search";
      case Transaction transaction -> "/Transactions/{txn}";
      case Bulk bulk -> "/Bulk";
      case Me me -> "/Me";
      case Unknown unknown -> "unknown";
    };
  }

  /** What the path names. */
  static Endpoint of(List<String> path, Catalog catalog) {
    if (path.isEmpty()) {
      return new Root();
    }
    if (path.size() > 2) {
      return new Unknown();
    }
    String first = path.get(0);
    String second = path.size() == 2 ? path.get(1) : null;
    return switch (first) {
      case ".search" -> second == null ? new Search(catalog.types()) : new Unknown();
      case "ServiceProviderConfig" -> second == null ? new Config() : new Unknown();
      case "ResourceTypes" -> new Types(second);
      case "Schemas" -> new Schemas(second);
      case "Bulk" -> second == null ? new Bulk() : new Unknown();
      case "Transactions" -> second == null ? new Unknown() : new Transaction(second);
      case "Me" -> second == null ? new Me() : new Unknown();
      default -> resource(catalog.at(first), second);
    };
  }

  private static Endpoint resource(ResourceType type, String id) {
    if (type == null) {
      return new Unknown();
    }
    if (id == null) {
      return new Collection(type);
    }
    return id.equals(".search") ? new Search(List.of(type)) : new Single(type, id);
  }
}
