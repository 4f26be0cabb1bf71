package io.pgscim.applier.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.events.UserState;
import io.pgscim.scim.filter.ComparableForm;
import io.pgscim.scim.path.AttributePath;
import io.pgscim.scim.path.Target;
import io.pgscim.scim.schema.AttributeType;
import io.pgscim.scim.schema.BuiltIn;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A dateTime attribute of a user, of an extension.
 *
 * @param schema the extension's URI; it need not be one that this version knows
 */
public record UserDate(String schema, String attribute) {
  /** When access ends, whatever else says that it goes on. */
  public static final UserDate ACCESS_UNTIL =
      new UserDate("urn:pgscim:params:scim:schemas:extension:2.0:User", "accessUntil");

  public UserDate {
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(attribute, "attribute");
  }

  /**
   * @throws IllegalArgumentException when the text names no such attribute, with what to write
   *     instead
   */
  public static UserDate of(String text) {
    AttributePath path = AttributePath.parse(text);
    Target target = path == null ? null : Target.find(BuiltIn.USER, path);
    if (target != null && target.extension() != null && target.attribute() != null) {
      if (target.leaf().type() != AttributeType.DATE_TIME) {
        throw new IllegalArgumentException(text + " is no dateTime; " + example());
      }
      return new UserDate(target.extension().id(), target.attribute().name());
    }
    if (path == null
        || path.schema() == null
        || path.sub() != null
        || BuiltIn.schemas().containsKey(path.schema())) {
      throw new IllegalArgumentException(
          text + " is neither a moment nor a dateTime attribute of an extension; " + example());
    }
    return new UserDate(path.schema(), path.attribute());
  }

  private static String example() {
    return "write for example " + ACCESS_UNTIL + " or 2030-01-31T18:00:00Z";
  }

  /** Whether the user has a value. */
  public boolean isPresent(UserState user) {
    return value(user).isPresent();
  }

  /** The user's value; empty when there is none, or none that is a dateTime. */
  public Optional<Instant> of(UserState user) {
    try {
      return value(user)
          .filter(JsonNode::isTextual)
          .map(text -> ComparableForm.instant(text.textValue()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private Optional<JsonNode> value(UserState user) {
    if (user.extensions() == null) {
      return Optional.empty();
    }
    return user.extensions().entrySet().stream()
        .filter(extension -> extension.getKey().equalsIgnoreCase(schema))
        .map(extension -> extension.getValue())
        .filter(ObjectNode.class::isInstance)
        .flatMap(extension -> extension.properties().stream())
        .filter(field -> field.getKey().equalsIgnoreCase(attribute))
        .map(field -> field.getValue())
        .filter(value -> !value.isNull())
        .findFirst();
  }

  @Override
  public String toString() {
    return schema + ":" + attribute;
  }
}
