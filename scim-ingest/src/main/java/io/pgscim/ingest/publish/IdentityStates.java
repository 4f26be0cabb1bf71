package io.pgscim.ingest.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.events.GroupState;
import io.pgscim.events.IdentityEvent;
import io.pgscim.events.UserState;
import io.pgscim.events.UserState.Enterprise;
import io.pgscim.events.UserState.MultiValue;
import io.pgscim.events.UserState.PersonName;
import io.pgscim.scim.projection.Projection;
import io.pgscim.scim.schema.BuiltIn;
import io.pgscim.scim.schema.ResourceType;
import io.pgscim.scim.schema.ResourceType.Extension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a document says, as the state that events carry. Types that no event knows have none. */
public final class IdentityStates {
  private static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

  private IdentityStates() {}

  /** The state of a resource that exists. */
  public static Optional<IdentityEvent> present(
      ResourceType type, String id, String source, long version, ObjectNode document) {
    if (type.is(BuiltIn.USER)) {
      return Optional.of(user(type, id, source, version, document));
    }
    if (type.is(BuiltIn.GROUP)) {
      return Optional.of(
          new GroupState(
              id,
              source,
              version,
              false,
              text(document, "displayName"),
              text(document, "externalId")));
    }
    return Optional.empty();
  }

  /** The state of a resource that was deleted: nothing personal is left in it. */
  public static Optional<IdentityEvent> deleted(
      ResourceType type, String id, String source, long version) {
    if (type.is(BuiltIn.USER)) {
      return Optional.of(UserState.deleted(id, source, version));
    }
    return type.is(BuiltIn.GROUP)
        ? Optional.of(GroupState.deleted(id, source, version))
        : Optional.empty();
  }

  private static UserState user(
      ResourceType type, String id, String source, long version, ObjectNode document) {
    return new UserState(
        id,
        source,
        version,
        false,
        text(document, "userName"),
        text(document, "externalId"),
        document.path("active").asBoolean(),
        text(document, "displayName"),
        name(document.path("name")),
        values(document.path("emails")),
        text(document, "userType"),
        values(document.path("roles")),
        values(document.path("entitlements")),
        enterprise(document.path(ENTERPRISE)),
        extensions(type, document));
  }

  private static PersonName name(JsonNode name) {
    return name.isEmpty()
        ? null
        : new PersonName(
            text(name, "formatted"),
            text(name, "familyName"),
            text(name, "givenName"),
            text(name, "middleName"),
            text(name, "honorificPrefix"),
            text(name, "honorificSuffix"));
  }

  private static List<MultiValue> values(JsonNode elements) {
    List<MultiValue> values = new ArrayList<>();
    for (JsonNode element : elements) {
      values.add(
          new MultiValue(
              text(element, "value"),
              text(element, "display"),
              text(element, "type"),
              element.has("primary") ? element.get("primary").asBoolean() : null));
    }
    return values;
  }

  private static Enterprise enterprise(JsonNode enterprise) {
    return enterprise.isEmpty()
        ? null
        : new Enterprise(
            text(enterprise, "employeeNumber"),
            text(enterprise, "costCenter"),
            text(enterprise, "organization"),
            text(enterprise, "division"),
            text(enterprise, "department"),
            text(enterprise.path("manager"), "value"));
  }

  /** All but the enterprise extension, without what is never returned to anybody. */
  private static Map<String, JsonNode> extensions(ResourceType type, ObjectNode document) {
    Map<String, JsonNode> extensions = new TreeMap<>();
    for (Extension extension : type.extensions()) {
      String uri = extension.schema().id();
      if (!uri.equals(ENTERPRISE) && document.get(uri) instanceof ObjectNode part) {
        ObjectNode shown = Projection.readable(extension.schema().attributes(), part);
        if (!shown.isEmpty()) {
          extensions.put(uri, shown);
        }
      }
    }
    return extensions;
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).textValue();
  }
}
