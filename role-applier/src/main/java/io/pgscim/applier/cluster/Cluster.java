package io.pgscim.applier.cluster;

import java.util.List;
import java.util.Objects;

/**
 * The servers of the managed cluster.
 *
 * @param primary where roles are changed
 * @param readers the standbys that people log in to as well
 */
public record Cluster(Address primary, List<Address> readers) {

  public Cluster {
    Objects.requireNonNull(primary, "primary");
    readers = List.copyOf(readers);
  }

  /** One server. */
  public static Cluster of(Address primary) {
    return new Cluster(primary, List.of());
  }
}
