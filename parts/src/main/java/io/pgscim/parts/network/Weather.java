package io.pgscim.parts.network;

import java.time.Duration;

/** What the network between a client and a server is like. */
public sealed interface Weather {
  /** Everything arrives at once. */
  Weather FAIR = new Fair();

  /** Connections are taken, and nothing that is sent on any of them arrives. */
  Weather SILENT = new Silent();

  /** As a network should be. */
  record Fair() implements Weather {}

  /** What is sent, in either direction, arrives so much later. */
  record Slow(Duration by) implements Weather {}

  /**
   * A connection that was silent once is never whole again: it is closed when the weather changes.
   */
  record Silent() implements Weather {}
}
