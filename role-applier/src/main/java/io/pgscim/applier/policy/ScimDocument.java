package io.pgscim.applier.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.events.UserState;
import java.util.Map;

/** A user as SCIM spells one, extensions under their URIs, for filters to look at. */
final class ScimDocument {
  private static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ScimDocument() {}

  static ObjectNode of(UserState user) {
    ObjectNode document = MAPPER.createObjectNode();
    document.put("id", user.id());
    document.put("active", user.active());
    put(document, "userName", user.userName());
    put(document, "externalId", user.externalId());
    put(document, "displayName", user.displayName());
    put(document, "name", user.name());
    put(document, "emails", user.emails());
    put(document, "userType", user.userType());
    put(document, "roles", user.roles());
    put(document, "entitlements", user.entitlements());
    if (user.enterprise() != null) {
      document.set(ENTERPRISE, enterprise(user.enterprise()));
    }
    if (user.extensions() != null) {
      for (Map.Entry<String, JsonNode> extension : user.extensions().entrySet()) {
        document.set(extension.getKey(), extension.getValue());
      }
    }
    return document;
  }

  /** The contract holds the manager's id; the schema has it as the value of a complex attribute. */
  private static ObjectNode enterprise(UserState.Enterprise enterprise) {
    ObjectNode node = MAPPER.valueToTree(enterprise);
    node.remove("manager");
    if (enterprise.manager() != null) {
      node.putObject("manager").put("value", enterprise.manager());
    }
    return node;
  }

  private static void put(ObjectNode document, String name, String value) {
    if (value != null) {
      document.put(name, value);
    }
  }

  private static void put(ObjectNode document, String name, Object value) {
    if (value != null) {
      document.set(name, MAPPER.valueToTree(value));
    }
  }
}
