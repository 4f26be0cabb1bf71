package io.pgscim.applier.access;

import java.util.List;
import java.util.Objects;

/**
 * What one login has on one object.
 *
 * @param object as people write it
 * @param kind {@code table}, {@code routine} …; views are tables
 */
public record Holding(String object, String kind, List<Access> access) {
  public Holding {
    Objects.requireNonNull(object, "object");
    Objects.requireNonNull(kind, "kind");
    access = List.copyOf(access);
  }
}
