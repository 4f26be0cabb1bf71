package io.pgscim.applier.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.events.UserState;
import java.util.Set;

/**
 * A user as SCIM spells one, extensions under their URIs, as far as a filter looks at it: many
 * users are filtered, and most filters look at one attribute.
 */
final class ScimDocument {
  private static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ScimDocument() {}

  /**
   * @param members the attributes and extensions that are looked at
   */
  static ObjectNode of(UserState user, Set<String> members) {
    ObjectNode document = MAPPER.createObjectNode();
    for (String member : members) {
      Object value = value(user, member);
      if (value instanceof JsonNode node) {
        document.set(member, node);
      } else if (value != null) {
        document.set(member, MAPPER.valueToTree(value));
      }
    }
    return document;
  }

  private static Object value(UserState user, String member) {
    return switch (member) {
      case "id" -> user.id();
      case "active" -> BooleanNode.valueOf(user.active());
      case "userName" -> user.userName();
      case "externalId" -> user.externalId();
      case "displayName" -> user.displayName();
      case "name" -> user.name();
      case "emails" -> user.emails();
      case "userType" -> user.userType();
      case "roles" -> user.roles();
      case "entitlements" -> user.entitlements();
      default -> extension(user, member);
    };
  }

  /** What the source sends under the URI counts more than what pgscim made of it. */
  private static JsonNode extension(UserState user, String uri) {
    JsonNode sent = user.extensions() == null ? null : user.extensions().get(uri);
    return sent == null && uri.equals(ENTERPRISE) && user.enterprise() != null
        ? enterprise(user.enterprise())
        : sent;
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
}
