package io.pgscim.local;

import io.pgscim.local.home.Home;
import io.pgscim.local.home.Ports;
import io.pgscim.local.home.Ports.Use;
import io.pgscim.local.prepare.Databases;
import io.pgscim.local.supervise.JvmOptions;
import io.pgscim.local.supervise.Part;
import io.pgscim.local.supervise.Service;
import io.pgscim.parts.Database;
import io.pgscim.parts.embedded.EmbeddedBroker;
import io.pgscim.parts.embedded.EmbeddedDatabase;
import io.pgscim.parts.embedded.PostgresBinaries;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How the parts are configured and how they find each other. The only place that knows. */
final class Blueprint {
  /** The database server asks nobody for a password, but the services insist on having one. */
  private static final String UNASKED = "not-asked-for";

  private static final int BROKER_HEAP_MEGABYTES = 256;

  final Part broker;
  final Part database;
  final List<Part> services;
  final Databases databases;
  final Path policy;
  final Map<String, String> env;

  Blueprint(Settings settings, Home home, Ports ports) {
    List.of("postgresql", "kafka", "scim-ingest", "role-applier", "audit-sink")
        .forEach(home::beginLog);
    Path root = settings.root();
    policy = home.policy(settings.policy(), root.resolve("deploy/local/policy.yaml"));
    Optional<Path> resourceTypes = home.resourceTypes(settings.resourceTypes());
    EmbeddedDatabase server = database(home, ports);
    EmbeddedBroker kafka = broker(settings, home, ports);
    database = Part.of(server, home.log("postgresql"));
    broker = Part.of(kafka, ports.of(Use.KAFKA), home.log("kafka"));
    databases = new Databases(server, root.resolve("deploy"));
    Path auditLog = home.folder().resolve("audit");
    services =
        List.of(
            service(
                settings,
                home,
                "scim-ingest",
                ports.of(Use.SCIM_INGEST),
                bus(settings, kafka, "scim-ingest"),
                ingest(settings, server, home, resourceTypes)),
            service(
                settings,
                home,
                "role-applier",
                ports.of(Use.ROLE_APPLIER),
                bus(settings, kafka, "role-applier"),
                applier(settings, server)),
            service(
                settings,
                home,
                "audit-sink",
                ports.of(Use.AUDIT_SINK),
                bus(settings, kafka, "audit-sink"),
                audit(settings, server, auditLog)));
    env = env(ports, kafka, server, home, auditLog);
  }

  private static EmbeddedDatabase database(Home home, Ports ports) {
    return new EmbeddedDatabase(
        new EmbeddedDatabase.Settings(
            home.folder().resolve("postgresql"),
            home.log("postgresql"),
            ports.of(Use.POSTGRESQL),
            PostgresBinaries.bundled(),
            true,
            Map.of()));
  }

  private static Map<String, String> bus(Settings settings, EmbeddedBroker kafka, String service) {
    Settings.Detour detour = settings.detours().get(service);
    return Map.of(
        "KAFKA_BOOTSTRAP_SERVERS",
        detour == null ? kafka.bootstrapServers() : "127.0.0.1:" + detour.kafkaPort());
  }

  private static String url(Settings settings, Database server, String service, String database) {
    Settings.Detour detour = settings.detours().get(service);
    return detour == null
        ? server.url(database)
        : "postgresql://127.0.0.1:" + detour.databasePort() + "/" + database;
  }

  private static EmbeddedBroker broker(Settings settings, Home home, Ports ports) {
    return new EmbeddedBroker(
        new EmbeddedBroker.Settings(
            home.folder().resolve("kafka"),
            home.log("kafka"),
            ports.of(Use.KAFKA),
            ports.of(Use.KAFKA_CONTROLLER),
            BROKER_HEAP_MEGABYTES,
            JvmOptions.remembering(settings.root().resolve("deploy/local/target/kafka.jsa")),
            settings.detours().values().stream()
                .collect(
                    Collectors.toMap(Settings.Detour::brokerPort, Settings.Detour::kafkaPort))));
  }

  private Part service(
      Settings settings,
      Home home,
      String name,
      int port,
      Map<String, String> bus,
      Map<String, String> own) {
    Map<String, String> environment = new LinkedHashMap<>(bus);
    environment.putAll(own);
    return new Service(name, settings.root(), home.folder(), port, home.log(name), environment);
  }

  private static Map<String, String> ingest(
      Settings settings, Database server, Home home, Optional<Path> resourceTypes) {
    Map<String, String> ingest = new LinkedHashMap<>();
    ingest.put("PGSCIM_DIRECTORY_URL", url(settings, server, "scim-ingest", Databases.DIRECTORY));
    ingest.put("PGSCIM_DIRECTORY_USERNAME", Databases.INGEST_ROLE);
    ingest.put("PGSCIM_DIRECTORY_PASSWORD", UNASKED);
    ingest.put("PGSCIM_ACCESS_TOKEN_SHA256", sha256(home.token()));
    ingest.put("PGSCIM_ADMIN_TOKEN_SHA256", sha256(home.adminToken()));
    resourceTypes.ifPresent(folder -> ingest.put("PGSCIM_RESOURCE_TYPES", folder.toString()));
    return ingest;
  }

  private static Map<String, String> audit(Settings settings, Database server, Path auditLog) {
    return Map.of(
        "PGSCIM_AUDIT_LOG",
        auditLog.toString(),
        "PGSCIM_AUDIT_ANCHOR_URL",
        url(settings, server, "audit-sink", Databases.AUDIT),
        "PGSCIM_AUDIT_ANCHOR_PASSWORD",
        UNASKED);
  }

  private Map<String, String> applier(Settings settings, Database server) {
    return Map.of(
        "PGSCIM_CLUSTER_URL",
        url(settings, server, "role-applier", Databases.PGSCIM),
        "PGSCIM_CLUSTER_USERNAME",
        Databases.APPLIER_ROLE,
        "PGSCIM_CLUSTER_PASSWORD",
        UNASKED,
        "PGSCIM_POLICY_FILE",
        policy.toString());
  }

  /** What {@code quickstart env} prints, in its order. */
  private Map<String, String> env(
      Ports ports, EmbeddedBroker kafka, Database server, Home home, Path auditLog) {
    Map<String, String> env = new LinkedHashMap<>();
    env.put("SCIM_BASE_URL", http(ports.of(Use.SCIM_INGEST)) + "/scim/v2");
    env.put("SCIM_TOKEN", home.token());
    env.put("ADMIN_URL", http(ports.of(Use.SCIM_INGEST)));
    env.put("ADMIN_TOKEN", home.adminToken());
    env.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    env.put(
        "DATABASE_URL", server.url(Databases.APP).replace("://", "://" + server.superuser() + "@"));
    env.put("APPLIER_URL", http(ports.of(Use.ROLE_APPLIER)));
    env.put("AUDIT_URL", http(ports.of(Use.AUDIT_SINK)));
    env.put("AUDIT_LOG", auditLog.toString());
    env.put("POLICY_FILE", policy.toString());
    return env;
  }

  private static String http(int port) {
    return "http://127.0.0.1:" + port;
  }

  private static String sha256(String token) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
