package io.pgscim.parts;

/**
 * A running Apache Kafka broker that creates no topic by itself. Port and data stay the same from
 * one {@link #start} to the next.
 */
public interface Broker extends AutoCloseable {

  /** {@code host:port} for {@code bootstrap.servers}. */
  String bootstrapServers();

  /** Stops it properly and waits until it is gone. Does nothing when it is not running. */
  void stop();

  /** Starts it again after {@link #stop} or {@link #kill}; returns once it answers. */
  void start();

  /** Ends it as a power cut would (SIGKILL), and waits until it is gone. */
  void kill();

  /** Stops it for good; what was made for this broker alone is removed. */
  @Override
  void close();
}
