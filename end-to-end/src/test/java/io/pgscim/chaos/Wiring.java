package io.pgscim.chaos;

import io.pgscim.endtoend.Stack;
import io.pgscim.local.Settings;
import io.pgscim.local.Settings.Detour;
import io.pgscim.parts.embedded.FreePort;
import io.pgscim.parts.network.Proxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The system, with a proxy in every connection that it needs: from the identity provider to
 * scim-ingest, and from each service to the broker and the database.
 */
final class Wiring implements AutoCloseable {
  private static final Path POLICY = Path.of("end-to-end/src/test/resources/chaos/policy.yaml");

  private final Map<String, Proxy> links = new TreeMap<>();
  private final Stack stack;
  private final Proxy scim;

  /**
   * @param data the data folder, which may already hold the folder of the audit log
   */
  Wiring(Path data, long seed) {
    int database = FreePort.choose();
    Map<String, Detour> detours = new HashMap<>();
    for (String service : List.of("scim-ingest", "role-applier", "audit-sink")) {
      int broker = FreePort.choose();
      var kafka = new Proxy("127.0.0.1", broker, seed);
      links.put(service + ">kafka", kafka);
      var postgresql = new Proxy("127.0.0.1", database, seed);
      links.put(service + ">postgresql", postgresql);
      detours.put(service, new Detour(postgresql.port(), kafka.port(), broker));
    }
    Path root = Stack.root();
    stack =
        Stack.on(
            Settings.in(root, data)
                .withPolicy(root.resolve(POLICY))
                .withDetours(database, detours));
    scim = new Proxy("127.0.0.1", stack.scimPort(), seed);
    links.put("idp>scim-ingest", scim);
  }

  Stack stack() {
    return stack;
  }

  Map<String, Proxy> links() {
    return links;
  }

  /** Where the identity provider finds the service. */
  String scim() {
    return "http://127.0.0.1:" + scim.port() + "/scim/v2";
  }

  @Override
  public void close() {
    links.values().forEach(Proxy::close);
    stack.close();
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
