package io.pgscim.chaos.nemesis;

/** Something that goes wrong for a while. */
interface Fault {

  /** The name by which it is selected. */
  FaultKind kind();

  /** What it is done to; no two faults at a time are done to the same. */
  String target();

  void begin() throws Exception;

  void end() throws Exception;
}
