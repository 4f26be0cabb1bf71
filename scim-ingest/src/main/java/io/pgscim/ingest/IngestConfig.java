package io.pgscim.ingest;

import io.pgscim.scim.resource.Tolerance;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithDefaults;
import io.vertx.core.http.ClientAuth;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an operator sets. Each key is also an environment variable: {@code
 * PGSCIM_ACCESS_TOKEN_SHA256} for {@code pgscim.access.token-sha256}.
 */
@ConfigMapping(prefix = "pgscim")
public interface IngestConfig {

  /** Who may push. */
  Access access();

  /** Who may use the admin API. */
  Admin admin();

  /**
   * The identity providers, by name: {@code default} is served at {@code /scim/v2}, any other at
   * {@code /scim/v2/<name>}. Each has ids, names and clients of its own.
   */
  @WithDefaults
  Map<String, SourceConfig> sources();

  /** What Quarkus' own TLS configuration leaves to the build. */
  Tls tls();

  /** Where people and groups are kept. */
  Directory directory();

  /** What a request may ask for. */
  Limits limits();

  /** When events count as late. */
  Publishing publishing();

  /** How the log is written. */
  Log log();

  /**
   * A folder of JSON files that describe further resource types, or extend those that are built in;
   * see {@code docs/resource-types.md}.
   */
  Optional<Path> resourceTypes();

  /**
   * How clients reach the service, as in {@code https://scim.example.com}; locations in answers
   * begin with it. Without it they begin with what the request was addressed to.
   */
  Optional<String> publicUrl();

  /** Who may push. */
  interface Access {
    /**
     * SHA-256 of each bearer token of the default source, as 64 hexadecimal digits, separated by
     * commas. Two at a time allow for rotation. Clients that the admin API makes need none.
     */
    Optional<List<String>> tokenSha256();

    /** How long an OAuth 2.0 access token is valid. */
    @WithDefault("PT1H")
    Duration accessTokenLifetime();

    /** How long before a secret expires that is announced. */
    @WithDefault("P14D")
    Duration expiryWarning();

    /** Requests per second with a wrong token that an address is answered with 401; then 429. */
    @WithDefault("20")
    int failuresPerSecond();
  }

  /** Who may use the admin API. */
  interface Admin {
    /** SHA-256 of each bearer token, as in {@link Access#tokenSha256}. */
    Optional<List<String>> tokenSha256();

    /** Networks that administrators use, as in {@link SourceConfig#networks}. */
    Optional<List<String>> networks();
  }

  /** One identity provider. */
  interface SourceConfig {
    /** {@code lenient} understands what identity providers get wrong, {@code strict} does not. */
    @WithDefault("lenient")
    Tolerance tolerance();

    /** Networks that requests may come from, as in {@code 192.0.2.0/24}; all when not set. */
    Optional<List<String>> networks();

    /** Requests per second that each of its clients may send to one instance, on average. */
    @WithDefault("500")
    int rateLimit();

    /** Requests that a client may send at once. */
    @WithDefault("1000")
    int rateBurst();

    /** SHA-256 of each bearer token, as in {@link Access#tokenSha256}. */
    Optional<List<String>> tokenSha256();
  }

  /** What Quarkus' own TLS configuration leaves to the build. */
  interface Tls {
    /** {@code none}, {@code request} or {@code required}: whether clients show a certificate. */
    @WithDefault("none")
    ClientAuth clientCertificates();
  }

  /** Where people and groups are kept. */
  interface Directory {
    /** {@code postgresql://host:port/database}. */
    String url();

    /** A role that may create a schema in that database. */
    String username();

    /** Its password, where one is needed. */
    Optional<String> password();
  }

  /** When events count as late. */
  interface Publishing {
    /** So long may the oldest event wait before {@code /q/health/well} says so. */
    @WithDefault("30S")
    Duration lateAfter();
  }

  /** How the log is written. */
  interface Log {
    /** One JSON object a line, instead of text for people. */
    @WithDefault("false")
    boolean json();
  }

  /** What a request may ask for. */
  interface Limits {
    /** Largest request body; a PUT of 100,000 members, each with its URL and name, has 17 MB. */
    @WithDefault("32M")
    MemorySize bodySize();

    /**
     * How many bodies of 2 MB and more may be in work at once; others are asked to come back (429).
     * Together with the largest body this bounds the heap: 256 MB are enough for the defaults.
     */
    @WithDefault("2")
    int largeBodies();

    /**
     * Most connections at a time; what comes beyond is closed. One that says little takes a few
     * kilobytes.
     */
    @WithDefault("2000")
    int connections();

    /**
     * In which a connection must get from its first byte to a complete head of a request, a TLS
     * handshake included; it is closed afterwards.
     */
    @WithDefault("15S")
    Duration headTime();

    /**
     * In which a request must be here and a large answer taken; the connection is closed
     * afterwards.
     */
    @WithDefault("30S")
    Duration bodyTime();

    /** How many lists that no index leads to are worked on at a time; the others wait. */
    @WithDefault("4")
    int searches();

    /** Most resources in one page. */
    @WithDefault("1000")
    int maxResults();

    /**
     * Most bytes of a page's resources as they are stored; a page ends early rather than having
     * more, and holds one resource in any case.
     */
    @WithDefault("4M")
    MemorySize pageSize();

    /** Resources in a page when the client does not say. */
    @WithDefault("100")
    int defaultResults();

    /** Most operations in one bulk request. */
    @WithDefault("1000")
    int bulkOperations();

    /** Most requests of one source that wait to be done later; more are refused with 503. */
    @WithDefault("1000")
    int deferredRequests();

    /** Most bytes that the bodies of these may have together. */
    @WithDefault("64M")
    MemorySize deferredSize();

    /** How long the completion event of such a request can be read. */
    @WithDefault("24H")
    Duration completionRetention();

    /** How long a client may take from one page to the next when it pages with cursors. */
    @WithDefault("1H")
    Duration cursorTimeout();
  }
}
