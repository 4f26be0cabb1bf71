package io.pgscim.ingest.openapi;

import io.pgscim.ingest.discovery.Catalog;
import io.pgscim.scim.schema.ResourceType;
import io.quarkus.arc.Arc;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/**
 * Adds to the document what the SCIM and OAuth routes serve, for every resource type that is in the
 * catalog when the service starts.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.RUNTIME_STARTUP)
public class ServedPaths implements OASFilter {
  private static final String BASE = "/scim/v2";
  private static final String SCIM = "application/scim+json";
  private static final String BEARER = "bearer";
  private static final String ADMIN = "admin";
  private static final String OAUTH = "oauth2";

  @Override
  public void filterOpenAPI(OpenAPI document) {
    document.setInfo(
        OASFactory.createInfo()
            .title("pgscim")
            .version("2.0")
            .description(
                "SCIM 2.0 (RFC 7643, RFC 7644), OAuth 2.0 client credentials (RFC 6749 §4.4) and the"
                    + " admin API. Sources other than the default have the same endpoints below"
                    + " /scim/v2/{source}.")
            .license(OASFactory.createLicense().name("Apache-2.0")));
    document.setServers(null);
    administrators(document);
    schemes(document);
    Catalog catalog = Arc.container().instance(Catalog.class).get();
    document.getComponents().addSchema("ScimError", error());
    document.getComponents().addSchema("ListResponse", list());
    document.getComponents().addSchema("PatchOp", patch());
    for (ResourceType type : catalog.types()) {
      document.getComponents().addSchema(type.name(), ResourceSchema.of(type));
      resources(document, type);
    }
    for (String endpoint : List.of("ServiceProviderConfig", "ResourceTypes", "Schemas")) {
      Operation discovery =
          operation(endpoint, "What the server can do (RFC 7644 §4)", 200, null, null);
      if (endpoint.equals("ServiceProviderConfig")) {
        discovery.security(List.of());
      }
      add(document, BASE + "/" + endpoint, HttpMethod.GET, discovery);
    }
    protocol(document);
    oauth(document);
  }

  /** What is served beside the resources of each type. */
  private static void protocol(OpenAPI document) {
    Operation search =
        operation(
            "search", "Lists resources of all types (RFC 7644 §3.4.3)", 200, "ListResponse", null);
    add(document, BASE + "/.search", HttpMethod.POST, search);
    Operation bulk =
        operation("bulk", "Many operations in one request (RFC 7644 §3.7)", 200, null, null);
    add(document, BASE + "/Bulk", HttpMethod.POST, bulk);
    for (HttpMethod method :
        List.of(HttpMethod.GET, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE)) {
      Operation me =
          operation(
              method.name().toLowerCase(Locale.ROOT) + "Me",
              "The user that the client stands for (RFC 7644 §3.11)",
              method == HttpMethod.DELETE ? 204 : 200,
              method == HttpMethod.DELETE ? null : "User",
              null);
      add(document, BASE + "/Me", method, me);
    }
    Operation transaction =
        operation(
            "readTransaction",
            "What became of a request that was answered with 202 (RFC 9967 §2.5.1)",
            200,
            null,
            null);
    add(
        document,
        BASE + "/Transactions/{txn}",
        HttpMethod.GET,
        transaction.addParameter(
            OASFactory.createParameter()
                .name("txn")
                .in(Parameter.In.PATH)
                .required(true)
                .schema(text())));
  }

  private static void administrators(OpenAPI document) {
    document
        .getPaths()
        .getPathItems()
        .values()
        .forEach(
            item ->
                item.getOperations()
                    .values()
                    .forEach(
                        operation -> {
                          operation.setSecurity(
                              List.of(OASFactory.createSecurityRequirement().addScheme(ADMIN)));
                          operation.setTags(List.of(ADMIN));
                        }));
  }

  private static void schemes(OpenAPI document) {
    document
        .getComponents()
        .addSecurityScheme(BEARER, bearer("A token of a client of the source"))
        .addSecurityScheme(ADMIN, bearer("A token of an administrator"))
        .addSecurityScheme(
            OAUTH,
            OASFactory.createSecurityScheme()
                .type(SecurityScheme.Type.OAUTH2)
                .flows(
                    OASFactory.createOAuthFlows()
                        .clientCredentials(
                            OASFactory.createOAuthFlow()
                                .tokenUrl("/oauth2/token")
                                .scopes(Map.of()))));
  }

  private static SecurityScheme bearer(String description) {
    return OASFactory.createSecurityScheme()
        .type(SecurityScheme.Type.HTTP)
        .scheme("bearer")
        .description(description);
  }

  private static void resources(OpenAPI document, ResourceType type) {
    String name = type.name();
    String all = BASE + type.endpoint();
    String one = all + "/{id}";
    Operation list = operation("list" + name, "Lists (RFC 7644 §3.4.2)", 200, "ListResponse", null);
    for (String parameter :
        List.of(
            "filter",
            "sortBy",
            "sortOrder",
            "startIndex",
            "count",
            "cursor",
            "attributes",
            "excludedAttributes")) {
      list.addParameter(query(parameter));
    }
    add(document, all, HttpMethod.GET, list);
    add(
        document,
        all,
        HttpMethod.POST,
        operation("create" + name, "Creates (RFC 7644 §3.3)", 201, name, name));
    add(
        document,
        one,
        HttpMethod.GET,
        single(operation("read" + name, "Reads (RFC 7644 §3.4.1)", 200, name, null)));
    add(
        document,
        one,
        HttpMethod.PUT,
        single(operation("replace" + name, "Replaces (RFC 7644 §3.5.1)", 200, name, name)));
    add(
        document,
        one,
        HttpMethod.PATCH,
        single(operation("patch" + name, "Changes (RFC 7644 §3.5.2)", 200, name, "PatchOp")));
    add(
        document,
        one,
        HttpMethod.DELETE,
        single(operation("delete" + name, "Deletes (RFC 7644 §3.6)", 204, null, null)));
  }

  private static void oauth(OpenAPI document) {
    Schema form = OASFactory.createSchema().type(List.of(SchemaType.OBJECT));
    for (String field : List.of("grant_type", "client_id", "client_secret")) {
      form.addProperty(field, text());
    }
    Schema token = OASFactory.createSchema().type(List.of(SchemaType.OBJECT));
    token.addProperty("access_token", text());
    token.addProperty("token_type", text());
    token.addProperty("expires_in", OASFactory.createSchema().type(List.of(SchemaType.INTEGER)));
    Operation issue =
        OASFactory.createOperation()
            .operationId("issueAccessToken")
            .summary("An access token for a client secret (RFC 6749 §4.4)")
            .tags(List.of(OAUTH))
            .requestBody(
                OASFactory.createRequestBody()
                    .required(true)
                    .content(
                        OASFactory.createContent()
                            .addMediaType(
                                "application/x-www-form-urlencoded",
                                OASFactory.createMediaType().schema(form))))
            .responses(
                OASFactory.createAPIResponses()
                    .addAPIResponse(
                        "200",
                        OASFactory.createAPIResponse()
                            .description("Issued")
                            .content(
                                OASFactory.createContent()
                                    .addMediaType(
                                        "application/json",
                                        OASFactory.createMediaType().schema(token))))
                    .addAPIResponse(
                        "default", OASFactory.createAPIResponse().description("An error of §5.2")));
    add(document, "/oauth2/token", HttpMethod.POST, issue);
    add(
        document,
        "/.well-known/oauth-authorization-server",
        HttpMethod.GET,
        OASFactory.createOperation()
            .operationId("readOAuthMetadata")
            .summary("Where tokens are issued, and how (RFC 8414)")
            .tags(List.of(OAUTH))
            .responses(
                OASFactory.createAPIResponses()
                    .addAPIResponse(
                        "200", OASFactory.createAPIResponse().description("The metadata"))));
  }

  /**
   * @param answer the schema of the answer's body; null for none
   * @param body the schema of the request's body; null for none
   */
  private static Operation operation(
      String id, String summary, int status, String answer, String body) {
    Operation operation =
        OASFactory.createOperation()
            .operationId(id)
            .summary(summary)
            .tags(List.of("scim"))
            .security(
                List.of(
                    OASFactory.createSecurityRequirement().addScheme(BEARER),
                    OASFactory.createSecurityRequirement().addScheme(OAUTH)))
            .responses(
                OASFactory.createAPIResponses()
                    .addAPIResponse(
                        Integer.toString(status),
                        OASFactory.createAPIResponse()
                            .description("Done")
                            .content(answer == null ? null : content(answer)))
                    .addAPIResponse(
                        "default",
                        OASFactory.createAPIResponse()
                            .description("A SCIM error (RFC 7644 §3.12)")
                            .content(content("ScimError"))));
    if (body != null) {
      operation.requestBody(OASFactory.createRequestBody().required(true).content(content(body)));
    }
    return operation;
  }

  private static org.eclipse.microprofile.openapi.models.media.Content content(String schema) {
    return OASFactory.createContent()
        .addMediaType(
            SCIM,
            OASFactory.createMediaType()
                .schema(OASFactory.createSchema().ref("#/components/schemas/" + schema)));
  }

  private static Operation single(Operation operation) {
    return operation.addParameter(
        OASFactory.createParameter()
            .name("id")
            .in(Parameter.In.PATH)
            .required(true)
            .schema(text()));
  }

  private static Parameter query(String name) {
    return OASFactory.createParameter().name(name).in(Parameter.In.QUERY).schema(text());
  }

  private static Schema text() {
    return OASFactory.createSchema().type(List.of(SchemaType.STRING));
  }

  private static Schema error() {
    Schema schema = OASFactory.createSchema().type(List.of(SchemaType.OBJECT));
    schema.addProperty("schemas", ResourceSchema.listOf(text()));
    for (String field : List.of("status", "scimType", "detail")) {
      schema.addProperty(field, text());
    }
    return schema;
  }

  private static Schema list() {
    Schema schema = OASFactory.createSchema().type(List.of(SchemaType.OBJECT));
    schema.addProperty("schemas", ResourceSchema.listOf(text()));
    for (String field : List.of("totalResults", "startIndex", "itemsPerPage")) {
      schema.addProperty(field, OASFactory.createSchema().type(List.of(SchemaType.INTEGER)));
    }
    return schema.addProperty(
        "Resources",
        ResourceSchema.listOf(OASFactory.createSchema().type(List.of(SchemaType.OBJECT))));
  }

  private static Schema patch() {
    Schema operation = OASFactory.createSchema().type(List.of(SchemaType.OBJECT));
    operation.addProperty("op", text().enumeration(List.of("add", "remove", "replace")));
    operation.addProperty("path", text());
    operation.addProperty("value", OASFactory.createSchema());
    Schema schema = OASFactory.createSchema().type(List.of(SchemaType.OBJECT));
    schema.addProperty("schemas", ResourceSchema.listOf(text()));
    return schema.addProperty("Operations", ResourceSchema.listOf(operation));
  }

  private static void add(OpenAPI document, String path, HttpMethod method, Operation operation) {
    PathItem item = document.getPaths().getPathItem(path);
    if (item == null) {
      item = OASFactory.createPathItem();
      document.getPaths().addPathItem(path, item);
    }
    item.setOperation(method, operation);
  }
}
