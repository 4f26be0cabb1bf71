package io.pgscim.ingest.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.ingest.directory.KeyAttribute;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.ScimType;
import io.pgscim.scim.resource.Immutables;
import io.pgscim.scim.schema.Attribute;
import io.pgscim.scim.schema.BuiltIn;
import io.pgscim.scim.schema.ResourceType;
import java.nio.charset.StandardCharsets;

/** What no schema says and this server wants of documents. */
final class DocumentRules {
  /** Names and external ids are indexed, and events carry them. */
  static final int MAX_NAME_BYTES = 1_024;

  /** A document travels in one event. */
  static final int MAX_DOCUMENT = 256 * 1_024;

  private DocumentRules() {}

  /** A new resource: whoever is not said to be inactive is active. */
  static ObjectNode created(ResourceType type, ObjectNode document) {
    if (type.is(BuiltIn.USER) && !document.has("active")) {
      document.put("active", true);
    }
    return checked(type, document);
  }

  /**
   * A replaced resource. A request that does not speak of {@code active} leaves it as it was: to
   * take silence for true would let a replaced profile bring a leaver back.
   */
  static ObjectNode replaced(ResourceType type, ObjectNode before, ObjectNode after) {
    if (type.is(BuiltIn.USER) && !after.has("active") && before.has("active")) {
      after.set("active", before.get("active"));
    }
    return patched(type, before, after);
  }

  /** A patched resource. Whoever's {@code active} was removed is not said to be active any more. */
  static ObjectNode patched(ResourceType type, ObjectNode before, ObjectNode after) {
    Immutables.keep(type, before, after);
    return checked(type, after);
  }

  private static ObjectNode checked(ResourceType type, ObjectNode document) {
    Attribute key = KeyAttribute.of(type).attribute();
    if (key != null) {
      checkSize(document, key.name());
      if (document.path(key.name()).asText("").chars().anyMatch(Character::isISOControl)) {
        throw invalid(key.name() + " contains a control character");
      }
    }
    checkSize(document, "externalId");
    if (document.toString().length() > MAX_DOCUMENT) {
      throw invalid("the resource has more than " + MAX_DOCUMENT + " characters");
    }
    return document;
  }

  private static void checkSize(ObjectNode document, String attribute) {
    String text = document.path(attribute).asText("");
    if (text.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
      throw invalid(attribute + " has more than " + MAX_NAME_BYTES + " bytes");
    }
  }

  private static ScimException invalid(String detail) {
    return ScimException.badRequest(ScimType.INVALID_VALUE, detail);
  }
}
