package io.pgscim.local;

import static java.util.Objects.requireNonNull;

import io.pgscim.local.home.Ports;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What to start, and where.
 *
 * @param root the repository, built
 * @param data the data folder; created when missing
 * @param policy the policy file of role-applier; when empty the one of the last time, at first the
 *     default
 * @param resourceTypes the folder of further resource types; when empty the one of the last time
 * @param ports ports that are not to be chosen
 * @param detours by service, for those that do not reach broker and database directly
 */
public record Settings(
    Path root,
    Path data,
    Optional<Path> policy,
    Optional<Path> resourceTypes,
    Map<Ports.Use, Integer> ports,
    Map<String, Detour> detours) {

  public Settings {
    requireNonNull(root, "root");
    requireNonNull(data, "data");
    requireNonNull(policy, "policy");
    requireNonNull(resourceTypes, "resourceTypes");
    ports = Map.copyOf(ports);
    detours = Map.copyOf(detours);
  }

  /**
   * A way around, through something that stands between a service and what it needs.
   *
   * @param databasePort where the service finds the database
   * @param kafkaPort where it finds the broker
   * @param brokerPort where the broker listens for what comes that way
   */
  public record Detour(int databasePort, int kafkaPort, int brokerPort) {}

  /** On free ports, with the default policy. */
  public static Settings in(Path root, Path data) {
    return new Settings(root, data, Optional.empty(), Optional.empty(), Map.of(), Map.of());
  }

  /** With another policy file. */
  public Settings withPolicy(Path file) {
    return new Settings(root, data, Optional.of(file), resourceTypes, ports, detours);
  }

  /** With the database server on that port, and services that take detours. */
  public Settings withDetours(int databasePort, Map<String, Detour> ways) {
    return new Settings(
        root, data, policy, resourceTypes, Map.of(Ports.Use.POSTGRESQL, databasePort), ways);
  }
}
