package io.pgscim.audit.read;

import io.pgscim.audit.index.Terms;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/** Says of everything that answers a {@link Question} how one is asked, and who may ask. */
public class Described implements OASFilter {
  private static final String BEARER = "bearer";

  private static final Map<String, String> OTHERS = new LinkedHashMap<>();

  static {
    OTHERS.put("after", "in the order asked for, only behind this index: next of the page before");
    OTHERS.put("limit", "at most so many, 1 to 1000 (100)");
    OTHERS.put("order", "asc: oldest first (default); desc: newest first");
    OTHERS.put("since", "logged then or later, an RFC 3339 instant");
    OTHERS.put("until", "logged earlier than then, an RFC 3339 instant");
  }

  @Override
  public void filterOpenAPI(OpenAPI openApi) {
    openApi.getPaths().getPathItems().forEach(Described::describe);
    var components =
        openApi.getComponents() == null ? OASFactory.createComponents() : openApi.getComponents();
    components.addSecurityScheme(
        BEARER,
        OASFactory.createSecurityScheme()
            .type(SecurityScheme.Type.HTTP)
            .scheme(BEARER)
            .description("of a reader or an administrator"));
    openApi.setComponents(components);
  }

  private static void describe(String path, PathItem item) {
    item.getOperations()
        .forEach(
            (method, operation) -> {
              if (!path.equals("/checkpoint") && !path.equals("/vkey")) {
                operation.addSecurityRequirement(
                    OASFactory.createSecurityRequirement().addScheme(BEARER, List.of()));
              }
              if (path.equals("/entries") || path.endsWith("/history")) {
                OTHERS.forEach(
                    (name, description) -> operation.addParameter(query(name, description)));
                Terms.OWN.forEach(
                    name -> operation.addParameter(query(name, "the entry's own field")));
                Terms.WHICH.forEach(
                    name -> operation.addParameter(query(name, "of the entry's which")));
              }
            });
  }

  private static Parameter query(String name, String description) {
    return OASFactory.createParameter()
        .name(name)
        .in(Parameter.In.QUERY)
        .description(description)
        .schema(OASFactory.createSchema().addType(Schema.SchemaType.STRING));
  }
}
