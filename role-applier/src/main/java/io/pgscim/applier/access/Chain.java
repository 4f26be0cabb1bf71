package io.pgscim.applier.access;

import java.util.List;
import java.util.stream.Stream;

/**
 * How a role comes to what another one has.
 *
 * @param steps from the role to the holder; none when it is the holder
 * @param as oid of the role in whose name the privilege is used: the role itself, or the one that
 *     it becomes with {@code SET ROLE}
 */
record Chain(List<Step> steps, long as) {
  Chain {
    steps = List.copyOf(steps);
  }

  /** The role that has it. */
  static Chain of(long holder) {
    return new Chain(List.of(), holder);
  }

  /** A member of the role that this chain is of, acting as this one. */
  Chain after(Step step, long as) {
    return new Chain(Stream.concat(Stream.of(step), steps.stream()).toList(), as);
  }
}
