package io.pgscim.ingest.resources;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.ingest.directory.Stored;
import io.pgscim.ingest.directory.Stored.Link;
import io.pgscim.scim.projection.Projection;
import io.pgscim.scim.schema.BuiltIn;
import io.pgscim.scim.schema.ResourceType;

/** A resource as clients see it: the document, and what only the server knows (RFC 7643 §3.1). */
record Representation(String baseUrl, Projection projection) {

  /** The resource, with what of it is to be shown. */
  ObjectNode of(Stored stored) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    all.put("id", stored.id().toString());
    all.setAll(stored.document());
    all.set("meta", meta(stored));
    if (!stored.links().isEmpty()) {
      boolean group = stored.type().membership() != null;
      all.set(group ? stored.type().membership() : "groups", links(stored, group));
    }
    return projection.of(all);
  }

  /** Where the resource is. */
  String location(Stored stored) {
    return location(stored.type(), stored.id().toString());
  }

  private ObjectNode meta(Stored stored) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("resourceType", stored.type().name())
        .put("created", stored.created().toString())
        .put("lastModified", stored.modified().toString())
        .put("location", location(stored))
        .put("version", stored.etag());
  }

  private ArrayNode links(Stored stored, boolean members) {
    ArrayNode links = JsonNodeFactory.instance.arrayNode(stored.links().size());
    for (Link link : stored.links()) {
      ResourceType other = members && !link.nested() ? BuiltIn.USER : BuiltIn.GROUP;
      String id = link.id().toString();
      ObjectNode json = links.addObject().put("value", id).put("$ref", location(other, id));
      if (link.display() != null) {
        json.put("display", link.display());
      }
      json.put("type", members ? other.name() : link.nested() ? "indirect" : "direct");
    }
    return links;
  }

  private String location(ResourceType type, String id) {
    return baseUrl + type.endpoint() + "/" + id;
  }
}
