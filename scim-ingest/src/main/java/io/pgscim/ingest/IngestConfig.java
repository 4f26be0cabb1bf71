package io.pgscim.ingest;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an operator sets. Each key is also an environment variable: {@code
 * PGSCIM_ACCESS_TOKEN_SHA256} for {@code pgscim.access.token-sha256}.
 */
@ConfigMapping(prefix = "pgscim")
public interface IngestConfig {

  /** Who may push. */
  Access access();

  /** Where people and groups are kept. */
  Directory directory();

  /** What a request may ask for. */
  Limits limits();

  /** When events count as late. */
  Publishing publishing();

  /** How the log is written. */
  Log log();

  /**
   * How clients reach the service, as in {@code https://scim.example.com}; locations in answers
   * begin with it. Without it they begin with what the request was addressed to.
   */
  Optional<String> publicUrl();

  /** Who may push. */
  interface Access {
    /**
     * SHA-256 of each bearer token, as 64 hexadecimal digits, separated by commas. Two at a time
     * allow for rotation. Required: without one nobody could push.
     */
    Optional<List<String>> tokenSha256();
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
    /** Largest request body; a PATCH of 20,000 members has about 2 MB. */
    @WithDefault("8M")
    MemorySize bodySize();

    /** Most resources in one page. */
    @WithDefault("1000")
    int maxResults();

    /** Resources in a page when the client does not say. */
    @WithDefault("100")
    int defaultResults();
  }
}
