package io.pgscim.scim.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.captaingoldfish.scim.sdk.common.constants.enums.HttpMethod;
import de.captaingoldfish.scim.sdk.common.constants.enums.SortOrder;
import de.captaingoldfish.scim.sdk.common.exceptions.ScimException;
import de.captaingoldfish.scim.sdk.common.resources.ResourceNode;
import de.captaingoldfish.scim.sdk.common.resources.ServiceProvider;
import de.captaingoldfish.scim.sdk.common.resources.complex.FilterConfig;
import de.captaingoldfish.scim.sdk.common.resources.complex.Meta;
import de.captaingoldfish.scim.sdk.common.resources.complex.PatchConfig;
import de.captaingoldfish.scim.sdk.common.response.ScimResponse;
import de.captaingoldfish.scim.sdk.common.schemas.SchemaAttribute;
import de.captaingoldfish.scim.sdk.common.utils.JsonHelper;
import de.captaingoldfish.scim.sdk.server.endpoints.Context;
import de.captaingoldfish.scim.sdk.server.endpoints.EndpointDefinition;
import de.captaingoldfish.scim.sdk.server.endpoints.ResourceEndpoint;
import de.captaingoldfish.scim.sdk.server.endpoints.ResourceHandler;
import de.captaingoldfish.scim.sdk.server.filter.FilterNode;
import de.captaingoldfish.scim.sdk.server.filter.resources.FilterResourceResolver;
import de.captaingoldfish.scim.sdk.server.response.PartialListResponse;
import de.captaingoldfish.scim.sdk.server.schemas.ResourceType;
import de.captaingoldfish.scim.sdk.server.utils.RequestUtils;
import io.pgscim.scim.schema.Attributes;
import io.pgscim.scim.schema.CommonAttributes;
import io.pgscim.scim.schema.Schema;
import io.pgscim.scim.schema.SchemaJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** SCIM-SDK as a server of one resource, with the same schemas. */
final class ScimSdk {
  private static final ServiceProvider PROVIDER =
      ServiceProvider.builder()
          .filterConfig(FilterConfig.builder().supported(true).maxResults(10).build())
          .patchConfig(PatchConfig.builder().supported(true).build())
          .build();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final OneResource handler = new OneResource();
  private final ResourceEndpoint endpoint = new ResourceEndpoint(PROVIDER);
  private final ResourceType type;

  ScimSdk(io.pgscim.scim.schema.ResourceType type) {
    List<JsonNode> extensions =
        type.extensions().stream().map(one -> (JsonNode) schema(one.schema())).toList();
    this.type =
        endpoint.registerEndpoint(
            new EndpointDefinition(
                SchemaJson.json(type),
                withCommonAttributes(schema(type.schema())),
                extensions,
                handler));
  }

  Verdict filter(String filter, ObjectNode resource) {
    try {
      FilterNode parsed = RequestUtils.parseFilter(type, filter);
      return Verdict.of(
          !FilterResourceResolver.filterResources(PROVIDER, List.of(copy(resource)), parsed)
              .isEmpty());
    } catch (ScimException refused) {
      return refused.getStatus() < 500 ? Verdict.REFUSED : Verdict.BROKEN;
    }
  }

  Outcome patch(ObjectNode resource, ObjectNode request) {
    handler.document = copy(resource);
    handler.document.setMeta(
        Meta.builder()
            .resourceType(type.getName())
            .created(Instant.EPOCH)
            .lastModified(Instant.EPOCH)
            .build());
    ScimResponse response =
        endpoint.handleRequest(
            "http://localhost/scim/v2" + type.getEndpoint() + "/" + resource.get("id").asText(),
            HttpMethod.PATCH,
            request.toString(),
            Map.of("Content-Type", "application/scim+json"),
            null);
    int status = response.getHttpStatus();
    if (status >= 400) {
      return status < 500
          ? new Outcome.Refused(response.path("detail").asText())
          : new Outcome.Broken();
    }
    return new Outcome.Patched(JSON.convertValue(handler.document, ObjectNode.class));
  }

  private static Document copy(ObjectNode resource) {
    return JsonHelper.copyResourceToObject(resource.deepCopy(), Document.class);
  }

  /** It knows resource types by no name but "resource" (RFC 7643 §7 has "User", "Group"). */
  private static ObjectNode schema(Schema schema) {
    ObjectNode json = SchemaJson.json(schema);
    for (JsonNode types : json.findValues("referenceTypes")) {
      ArrayNode names = (ArrayNode) types;
      for (int i = 0; i < names.size(); i++) {
        if (Character.isUpperCase(names.get(i).asText().charAt(0))) {
          names.set(i, "resource");
        }
      }
    }
    return json;
  }

  /** It wants them in every schema. */
  private static ObjectNode withCommonAttributes(ObjectNode schema) {
    List<io.pgscim.scim.schema.Attribute> common =
        List.of(CommonAttributes.ALL.named("id"), CommonAttributes.ALL.named("externalId"));
    ArrayNode attributes = (ArrayNode) schema.get("attributes");
    schema(new Schema(schema.get("id").asText(), "", "", new Attributes(common)))
        .get("attributes")
        .forEach(attributes::add);
    return schema;
  }

  /** A resource of whatever type. */
  public static final class Document extends ResourceNode {
    private static final long serialVersionUID = 1L;
  }

  /** All that is stored. */
  private static final class OneResource extends ResourceHandler<Document> {
    private Document document;

    @Override
    public Document getResource(
        String id,
        List<SchemaAttribute> attributes,
        List<SchemaAttribute> excluded,
        Context context) {
      return document;
    }

    @Override
    public Document updateResource(Document resource, Context context) {
      document = resource;
      return resource;
    }

    @Override
    public Document createResource(Document resource, Context context) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void deleteResource(String id, Context context) {
      throw new UnsupportedOperationException();
    }

    @Override
    public PartialListResponse<Document> listResources(
        long startIndex,
        int count,
        FilterNode filter,
        SchemaAttribute sortBy,
        SortOrder sortOrder,
        List<SchemaAttribute> attributes,
        List<SchemaAttribute> excluded,
        Context context) {
      throw new UnsupportedOperationException();
    }
  }
}
