package io.pgscim.applier.cluster;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The servers of the managed cluster.
 *
 * @param primary where roles are changed
 * @param readers the standbys that people log in to as well
 * @param flavour who runs it; empty = to be found out
 */
public record Cluster(Address primary, List<Address> readers, Optional<Flavour> flavour) {

  public Cluster {
    Objects.requireNonNull(primary, "primary");
    readers = List.copyOf(readers);
    Objects.requireNonNull(flavour, "flavour");
  }
}
