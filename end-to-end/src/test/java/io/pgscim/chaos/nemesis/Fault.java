package io.pgscim.chaos.nemesis;

import java.util.Set;

/** Something that goes wrong for a while. */
interface Fault {

  /** The name by which it is selected. */
  FaultKind kind();

  /** What it is done to; no two faults at a time are done to the same. */
  Set<String> targets();

  /** The targets in one word. */
  default String target() {
    return String.join("+", targets());
  }

  void begin() throws Exception;

  void end() throws Exception;
}
