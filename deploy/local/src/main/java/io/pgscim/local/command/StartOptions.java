package io.pgscim.local.command;

import io.pgscim.local.Settings;
import io.pgscim.local.home.Ports.Use;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a start can be told. */
final class StartOptions {
  @Mixin private DataOption data;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description =
          "The policy: who gets which role. Default: the one of the last start, at first a copy of"
              + " deploy/local/policy.yaml in the data folder.")
  private Path policy;

  @Option(
      names = "--resource-types",
      paramLabel = "DIR",
      description =
          "A folder of further resource types to serve, as in deploy/resource-types. Default: the"
              + " one of the last start, at first none.")
  private Path resourceTypes;

  @Option(
      names = "--scim-port",
      paramLabel = "N",
      description = "Port of the SCIM service. Ports are chosen free at the first start and kept.")
  private Integer scimPort;

  @Option(names = "--postgres-port", paramLabel = "N", description = "Port of PostgreSQL.")
  private Integer postgresPort;

  @Option(names = "--kafka-port", paramLabel = "N", description = "Port of Kafka.")
  private Integer kafkaPort;

  DataOption data() {
    return data;
  }

  Optional<Path> policy() {
    return absolute(policy);
  }

  Optional<Path> resourceTypes() {
    return absolute(resourceTypes);
  }

  private static Optional<Path> absolute(Path path) {
    return Optional.ofNullable(path).map(Path::toAbsolutePath).map(Path::normalize);
  }

  Settings settings() {
    Map<Use, Integer> ports = new EnumMap<>(Use.class);
    put(ports, Use.SCIM_INGEST, scimPort);
    put(ports, Use.POSTGRESQL, postgresPort);
    put(ports, Use.KAFKA, kafkaPort);
    return new Settings(
        DataOption.root(), data.folder(), policy(), resourceTypes(), ports, Map.of());
  }

  /** The same options again, for another process. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of("--data", data.folder().toString()));
    policy().ifPresent(file -> arguments.addAll(List.of("--policy", file.toString())));
    resourceTypes()
        .ifPresent(folder -> arguments.addAll(List.of("--resource-types", folder.toString())));
    add(arguments, "--scim-port", scimPort);
    add(arguments, "--postgres-port", postgresPort);
    add(arguments, "--kafka-port", kafkaPort);
    return arguments;
  }

  private static void put(Map<Use, Integer> ports, Use use, Integer port) {
    if (port != null) {
      ports.put(use, port);
    }
  }

  private static void add(List<String> arguments, String option, Integer port) {
    if (port != null) {
      arguments.addAll(List.of(option, port.toString()));
    }
  }
}
