package io.pgscim.applier.policy;

import java.util.List;

/**
 * Some objects of a schema.
 *
 * @param all every one of today's and tomorrow's; then no names
 */
public record Selection(boolean all, List<String> names) {

  public Selection {
    names = List.copyOf(names);
    if (all != names.isEmpty()) {
      throw new IllegalArgumentException("either all objects or at least one name");
    }
  }

  /** Today's and tomorrow's. */
  public static final Selection ALL = new Selection(true, List.of());

  /** These. */
  public static Selection of(List<String> names) {
    return new Selection(false, names);
  }
}
