package io.pgscim.ingest.discovery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.ingest.IngestConfig;
import io.pgscim.ingest.deferred.CompletionEvent;
import io.pgscim.ingest.resources.Answer;
import io.pgscim.ingest.resources.Call;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.schema.ResourceType;
import io.pgscim.scim.schema.Schema;
import io.pgscim.scim.schema.SchemaJson;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The three discovery endpoints. What they say is what the other endpoints do. */
@ApplicationScoped
public class Discovery {
  private static final String CONFIG =
      "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig";
  private static final String LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

  private final Catalog catalog;
  private final IngestConfig config;

  public Discovery(Catalog catalog, IngestConfig config) {
    this.catalog = catalog;
    this.config = config;
  }

  /** {@code /ServiceProviderConfig} (RFC 7643 §5). */
  public Answer serviceProviderConfig(Call call) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putArray("schemas").add(CONFIG);
    json.putObject("patch").put("supported", true);
    json.putObject("bulk")
        .put("supported", true)
        .put("maxOperations", config.limits().bulkOperations())
        .put("maxPayloadSize", config.limits().bodySize().asLongValue());
    json.putObject("filter").put("supported", true).put("maxResults", config.limits().maxResults());
    json.putObject("changePassword").put("supported", false);
    json.putObject("sort").put("supported", true);
    json.putObject("etag").put("supported", true);
    json.putObject("pagination")
        .put("cursor", true)
        .put("index", true)
        .put("defaultPaginationMethod", "index")
        .put("defaultPageSize", config.limits().defaultResults())
        .put("maxPageSize", config.limits().maxResults())
        .put("cursorTimeout", config.limits().cursorTimeout().toSeconds());
    ObjectNode securityEvents = json.putObject("securityEvents").put("asyncRequest", "request");
    securityEvents.putArray("eventUris").add(CompletionEvent.URI);
    ArrayNode schemes = json.putArray("authenticationSchemes");
    schemes
        .addObject()
        .put("type", "oauthbearertoken")
        .put("name", "OAuth Bearer Token")
        .put("description", "A token in the Authorization header")
        .put("specUri", "https://www.rfc-editor.org/info/rfc6750")
        .put("primary", true);
    schemes
        .addObject()
        .put("type", "oauth2")
        .put("name", "OAuth 2.0 client credentials")
        .put("description", "Such a token, valid for a while, from POST /oauth2/token")
        .put("specUri", "https://www.rfc-editor.org/info/rfc6749");
    return Answer.ok(located(call, json, "ServiceProviderConfig", "/ServiceProviderConfig"));
  }

  /** {@code /ResourceTypes} (RFC 7643 §6). */
  public Answer resourceTypes(Call call) {
    return list(call, catalog.types().stream().map(type -> json(call, type)).toList());
  }

  /** {@code /ResourceTypes/User}. */
  public Answer resourceType(Call call, String name) {
    for (ResourceType type : catalog.types()) {
      if (type.name().equals(name)) {
        return Answer.ok(json(call, type));
      }
    }
    throw ScimException.of(404, "there is no such resource type");
  }

  /** {@code /Schemas} (RFC 7643 §7). */
  public Answer schemas(Call call) {
    return list(call, catalog.schemas().stream().map(schema -> json(call, schema)).toList());
  }

  /** {@code /Schemas/urn:…}. */
  public Answer schema(Call call, String uri) {
    for (Schema schema : catalog.schemas()) {
      if (schema.id().equalsIgnoreCase(uri)) {
        return Answer.ok(json(call, schema));
      }
    }
    throw ScimException.of(404, "there is no such schema");
  }

  private static ObjectNode json(Call call, ResourceType type) {
    return located(call, SchemaJson.json(type), "ResourceType", "/ResourceTypes/" + type.name());
  }

  private static ObjectNode json(Call call, Schema schema) {
    return located(call, SchemaJson.json(schema), "Schema", "/Schemas/" + schema.id());
  }

  private static ObjectNode located(Call call, ObjectNode json, String type, String path) {
    json.putObject("meta").put("resourceType", type).put("location", call.baseUrl() + path);
    return json;
  }

  /** Paging and sorting are ignored here, a filter is refused (RFC 7644 §4). */
  private static Answer list(Call call, List<ObjectNode> all) {
    if (call.parameter("filter") != null) {
      throw ScimException.of(403, "a filter is not supported on this endpoint");
    }
    ObjectNode list = JsonNodeFactory.instance.objectNode();
    list.putArray("schemas").add(LIST);
    list.put("totalResults", all.size());
    list.put("startIndex", 1);
    list.put("itemsPerPage", all.size());
    ArrayNode array = list.putArray("Resources");
    all.forEach(array::add);
    return Answer.ok(list);
  }
}
