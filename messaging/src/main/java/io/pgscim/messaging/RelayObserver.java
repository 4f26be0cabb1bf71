package io.pgscim.messaging;

import java.time.Duration;

/** Hears what a relay does, on the thread that does it: must neither block nor throw. */
public interface RelayObserver {
  /** Hears nothing. */
  RelayObserver NONE =
      new RelayObserver() {
        @Override
        public void read(int rows) {}

        @Override
        public void acknowledged(Duration latency) {}

        @Override
        public void refused() {}
      };

  /** So many rows were read together; never none. */
  void read(int rows);

  /**
   * The broker has one of them.
   *
   * @param latency since it was inserted, a moment before its commit
   */
  void acknowledged(Duration latency);

  /** The broker does not take one of them; it will be offered again. */
  void refused();
}
