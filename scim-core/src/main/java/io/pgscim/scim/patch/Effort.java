package io.pgscim.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.ScimType;
import io.pgscim.scim.filter.Condition;
import io.pgscim.scim.path.Target;
import io.pgscim.scim.resource.Values;
import java.util.Collection;

/**
 * What the operations of one request cost together, in values looked at: what is small in every
 * single operation may not be in five thousand. No identity provider comes near the limit, and at
 * the limit a request takes less than a second.
 */
final class Effort {
  /** Most values looked at in one request; one long text counts as many. */
  static final long MAX = 200_000;

  /** As much text costs as much as a value. */
  private static final int TEXT_OF_ONE = 64;

  private long spent;

  /**
   * Counts what an edit is about to look at.
   *
   * @throws ScimException 400 tooMany
   */
  void spend(long values) {
    spent += values;
    if (spent > MAX) {
      throw ScimException.badRequest(
          ScimType.TOO_MANY, "the operations together look at more than " + MAX + " values");
    }
  }

  /**
   * Bounds how much text one attribute can hold while the operations go on.
   *
   * @throws ScimException 400 invalidValue
   */
  static void atMost(Collection<JsonNode> elements, Target target) {
    if (weight(elements) * TEXT_OF_ONE > Values.MAX_TEXT_OF_ALL) {
      throw ScimException.badRequest(
          ScimType.INVALID_VALUE,
          target + " has more than " + Values.MAX_TEXT_OF_ALL + " characters in all its values");
    }
  }

  /** The values, long texts as many. */
  static long weight(Collection<JsonNode> elements) {
    long weight = 0;
    for (JsonNode element : elements) {
      weight += 1 + characters(element) / TEXT_OF_ONE;
    }
    return weight;
  }

  private static long characters(JsonNode element) {
    if (element.isTextual()) {
      return element.textValue().length();
    }
    long characters = 0;
    for (JsonNode part : element) {
      characters += characters(part);
    }
    return characters;
  }

  /** How often a condition looks at a value. */
  static long comparisons(Condition condition) {
    return switch (condition) {
      case Condition.All all -> all.parts().stream().mapToLong(Effort::comparisons).sum();
      case Condition.Any any -> any.parts().stream().mapToLong(Effort::comparisons).sum();
      case Condition.Not not -> comparisons(not.part());
      case Condition.Element element -> comparisons(element.each());
      case Condition.Test test -> 1;
      case Condition.Present present -> 1;
    };
  }
}
