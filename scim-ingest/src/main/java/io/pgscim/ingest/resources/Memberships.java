package io.pgscim.ingest.resources;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import io.pgscim.ingest.directory.Stored.Link;
import io.pgscim.scim.schema.BuiltIn;
import io.pgscim.scim.schema.ResourceType;
import java.io.IOException;
import java.util.List;

/**
 * A group's members or a user's groups (RFC 7643 §4.1.2, §4.2), written as they are read: as a tree
 * of JSON, a hundred thousand of them would take eighty megabytes.
 *
 * @param baseUrl what their URLs begin with
 * @param members whether they are members, else groups
 */
record Memberships(List<Link> links, String baseUrl, boolean members) implements JsonSerializable {

  @Override
  public void serialize(JsonGenerator json, SerializerProvider provider) throws IOException {
    json.writeStartArray();
    for (Link link : links) {
      write(link, json);
    }
    json.writeEndArray();
  }

  private void write(Link link, JsonGenerator json) throws IOException {
    ResourceType other = members && !link.nested() ? BuiltIn.USER : BuiltIn.GROUP;
    String id = link.id().toString();
    json.writeStartObject();
    json.writeStringField("value", id);
    json.writeStringField("$ref", baseUrl + other.endpoint() + "/" + id);
    if (link.display() != null) {
      json.writeStringField("display", link.display());
    }
    json.writeStringField("type", members ? other.name() : link.nested() ? "indirect" : "direct");
    json.writeEndObject();
  }

  @Override
  public void serializeWithType(
      JsonGenerator json, SerializerProvider provider, TypeSerializer types) throws IOException {
    serialize(json, provider);
  }
}
