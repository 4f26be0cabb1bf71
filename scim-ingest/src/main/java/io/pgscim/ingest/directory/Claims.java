package io.pgscim.ingest.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.ScimType;
import io.pgscim.scim.filter.ComparableForm;
import io.pgscim.scim.schema.Attribute;
import io.pgscim.scim.schema.ResourceType;
import io.pgscim.scim.schema.ResourceType.Extension;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The values of one resource that no other of its type may have, apart from the one in its row's
 * {@code name}: of any attribute that the schema says is unique, of parts and of several values
 * too. In one order always, so that two writes do not wait for each other.
 */
record Claims(Set<Claim> all) {
  static final Claims NONE = new Claims(Set.of());

  /** An index has to hold it. */
  private static final int MAX_BYTES = 1_024;

  private static final String PRIMARY_KEY = "unique_value_pkey";

  /**
   * One of them.
   *
   * @param attribute its name in standard notation
   * @param value in comparable form
   */
  record Claim(String attribute, String value) {}

  /**
   * What the document claims.
   *
   * @throws ScimException 400 invalidValue when a value is too long for an index
   */
  static Claims of(ResourceType type, ObjectNode document) {
    Set<Claim> claims = new LinkedHashSet<>();
    KeyAttribute key = KeyAttribute.of(type);
    for (Attribute attribute : type.schema().attributes().unique()) {
      if (!key.unique() || !attribute.equals(key.attribute())) {
        collect("", attribute, document, claims);
      }
    }
    for (Extension extension : type.extensions()) {
      JsonNode part = document.get(extension.schema().id());
      if (part != null) {
        String prefix = extension.schema().id() + ":";
        for (Attribute attribute : extension.schema().attributes().unique()) {
          collect(prefix, attribute, part, claims);
        }
      }
    }
    return claims.isEmpty() ? NONE : new Claims(claims);
  }

  private static void collect(
      String prefix, Attribute attribute, JsonNode holder, Set<Claim> claims) {
    JsonNode value = holder.path(attribute.name());
    String name = prefix + attribute.name();
    for (JsonNode each : value.isArray() ? value : List.of(value)) {
      if (attribute.complex()) {
        for (Attribute sub : attribute.subAttributes().unique()) {
          collect(name + ".", sub, each, claims);
        }
      } else if (each.isValueNode() && !each.isNull()) {
        claims.add(new Claim(name, bounded(name, text(attribute, each))));
      }
    }
  }

  private static String text(Attribute attribute, JsonNode value) {
    return value.isTextual()
        ? ComparableForm.of(attribute, value.textValue())
        : value.decimalValue().stripTrailingZeros().toPlainString();
  }

  private static String bounded(String attribute, String value) {
    if (value.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw ScimException.badRequest(
          ScimType.INVALID_VALUE, attribute + " has more than " + MAX_BYTES + " bytes");
    }
    return value;
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** What follows the parameters of {@code insert.sql} in {@code claim.sql}. */
  Tuple following(Tuple parameters) {
    return parameters.addArrayOfString(attributes(all)).addArrayOfString(values(all));
  }

  /**
   * The parameters of {@code change-claims.sql}, for a resource that claimed other values before.
   */
  Tuple since(Claims before, Stored stored) {
    List<Claim> givenUp = new ArrayList<>(before.all);
    givenUp.removeAll(all);
    List<Claim> taken = new ArrayList<>(all);
    taken.removeAll(before.all);
    return Tuple.tuple()
        .addUUID(stored.id())
        .addArrayOfString(attributes(givenUp))
        .addArrayOfString(values(givenUp))
        .addArrayOfString(attributes(taken))
        .addArrayOfString(values(taken))
        .addString(stored.source())
        .addString(stored.type().name());
  }

  private static String[] attributes(Iterable<Claim> claims) {
    List<String> names = new ArrayList<>();
    claims.forEach(claim -> names.add(claim.attribute()));
    return names.toArray(String[]::new);
  }

  private static String[] values(Iterable<Claim> claims) {
    List<String> values = new ArrayList<>();
    claims.forEach(claim -> values.add(claim.value()));
    return values.toArray(String[]::new);
  }

  /**
   * Which attribute has a value that is in use, after a unique violation. What the database says
   * about it begins with the key, in any language: {@code …(attribute, …)=(urn:…:slackId, …}.
   */
  static String taken(ResourceType type, PgException refused) {
    if (PRIMARY_KEY.equals(refused.getConstraint()) && refused.getDetail() != null) {
      String key = refused.getDetail();
      int from = key.indexOf(")=(");
      int to = key.indexOf(", ", from);
      if (from >= 0 && to > from) {
        return key.substring(from + 3, to);
      }
    }
    Attribute key = KeyAttribute.of(type).attribute();
    return key == null ? "value" : key.name();
  }
}
