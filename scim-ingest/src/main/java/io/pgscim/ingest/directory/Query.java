package io.pgscim.ingest.directory;

import io.pgscim.ingest.Source;
import io.pgscim.scim.filter.Condition;
import io.pgscim.scim.path.Target;
import io.pgscim.scim.schema.ResourceType;
import java.util.List;
import java.util.UUID;

/**
 * Which resources are wanted, and in which order: that of a sorting value, and of ids where it is
 * the same or there is none. Resources without the value come last, when descending first.
 *
 * @param parts one for each resource type asked
 * @param sorted whether the parts' sorting values count
 */
public record Query(
    Source source, List<Part> parts, boolean sorted, boolean descending, Slice slice) {

  public Query {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a query asks for a type");
    }
  }

  /**
   * What is asked of one resource type.
   *
   * @param condition null for all
   * @param sort what they are sorted by; null when the type has no such attribute
   */
  public record Part(ResourceType type, Condition condition, Target sort, Links links) {}

  /** Which part of the result. */
  public sealed interface Slice {
    /** How many resources it holds at most; zero asks for the total only. */
    int count();

    /**
     * By index.
     *
     * @param skip how many come before the page
     */
    record From(long skip, int count) implements Slice {}

    /**
     * By what was read before, at the same cost however deep it is.
     *
     * @param position where to go on; null for the beginning
     * @param backwards towards the beginning instead
     */
    record After(Position position, boolean backwards, int count) implements Slice {}
  }

  /**
   * Where in its order a query has come to: at which resource.
   *
   * @param value its sorting value as the database spells it, null when it has none
   */
  public record Position(String value, UUID id) {}
}
