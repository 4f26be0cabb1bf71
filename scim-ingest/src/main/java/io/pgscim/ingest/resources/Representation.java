package io.pgscim.ingest.resources;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import io.pgscim.ingest.directory.Stored;
import io.pgscim.scim.projection.Projection;
import io.pgscim.scim.schema.ResourceType;

/** A resource as clients see it: the document, and what only the server knows (RFC 7643 §3.1). */
record Representation(String baseUrl, Projection projection) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The resource, with what of it is to be shown. */
  ObjectNode of(Stored stored) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    all.put("id", stored.id().toString());
    all.setAll(stored.document());
    all.set("meta", meta(stored));
    if (!stored.links().isEmpty()) {
      boolean group = stored.type().membership() != null;
      String name = group ? stored.type().membership() : "groups";
      Memberships links = new Memberships(stored.links(), baseUrl, group);
      all.set(name, projection.showsWhole(name) ? new POJONode(links) : JSON.valueToTree(links));
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

  private String location(ResourceType type, String id) {
    return baseUrl + type.endpoint() + "/" + id;
  }
}
