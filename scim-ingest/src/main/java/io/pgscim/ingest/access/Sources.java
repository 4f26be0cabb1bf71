package io.pgscim.ingest.access;

import io.pgscim.ingest.IngestConfig;
import io.pgscim.ingest.IngestConfig.SourceConfig;
import io.pgscim.ingest.Source;
import io.pgscim.ingest.clients.Client;
import io.pgscim.ingest.discovery.Catalog;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The configured sources, by the paths that they are served at. */
@Startup
@ApplicationScoped
public class Sources {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final String ROOT = Source.DEFAULT.path();

  private record Known(Source source, SourceConfig config) {}

  private final Map<String, Known> byName = new TreeMap<>();

  /** Of each source and of the admin API; none means all. */
  private final Map<String, List<Network>> networks = new HashMap<>();

  /**
   * @throws ConfigurationException for a name that cannot be part of a path, or is one already: the
   *     service then does not start
   */
  public Sources(IngestConfig config, Catalog catalog) {
    add(Source.DEFAULT.name(), config);
    for (String name : config.sources().keySet()) {
      if (!NAME.matcher(name).matches() || name.equals(Client.ADMIN)) {
        throw refused(
            name,
            "a source's name has up to 32 lower-case letters, digits and hyphens, begins with a"
                + " letter, and is not \"admin\"");
      }
      if (catalog.at(name) != null) {
        throw refused(name, "/" + name + " is where resources of a type are served already");
      }
      add(name, config);
    }
    networks.put(Client.ADMIN, networks("pgscim.admin", config.admin().networks()));
  }

  private void add(String name, IngestConfig all) {
    SourceConfig config = all.sources().get(name);
    String path = name.equals(Source.DEFAULT.name()) ? ROOT : ROOT + "/" + name;
    networks.put(name, networks("pgscim.sources." + name, config.networks()));
    if (config.rateLimit() < 1 || config.rateBurst() < 1) {
      throw refused(name, "rate-limit and rate-burst are at least 1");
    }
    byName.put(name, new Known(new Source(name, path, config.tolerance()), config));
  }

  private static List<Network> networks(String key, Optional<List<String>> configured) {
    try {
      return configured.orElse(List.of()).stream().map(Network::of).toList();
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(key + ".networks cannot be: " + e.getMessage());
    }
  }

  private static ConfigurationException refused(String name, String why) {
    return new ConfigurationException("pgscim.sources." + name + " cannot be: " + why);
  }

  /** The source that a normalized path is about. */
  public Source at(String path) {
    if (path.startsWith(ROOT + "/")) {
      int end = path.indexOf('/', ROOT.length() + 1);
      Known known = byName.get(path.substring(ROOT.length() + 1, end < 0 ? path.length() : end));
      if (known != null && !known.source().path().equals(ROOT)) {
        return known.source();
      }
    }
    return byName.get(Source.DEFAULT.name()).source();
  }

  /** All of them, by name. */
  public List<Source> all() {
    return byName.values().stream().map(Known::source).toList();
  }

  /** Whether there is a source of that name. */
  public boolean has(String name) {
    return byName.containsKey(name);
  }

  /** What is configured for a source. */
  public SourceConfig config(Source source) {
    return byName.get(source.name()).config();
  }

  /** Whether requests to a source, or to the admin API, may come from an address. */
  boolean allows(String source, String address) {
    List<Network> allowed = networks.getOrDefault(source, List.of());
    return allowed.isEmpty() || allowed.stream().anyMatch(network -> network.contains(address));
  }
}
