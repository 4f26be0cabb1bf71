package io.pgscim.events;

import static io.pgscim.events.Guard.identifier;

import java.util.List;

/**
 * A policy file was not accepted; the one before it stays in force.
 *
 * @param digest SHA-256 of the rejected file's bytes, lower-case hex
 * @param problems each with line and what to write instead
 */
public record PolicyRejected(String reporter, String cluster, String digest, List<String> problems)
    implements SecurityEvent {

  public PolicyRejected {
    identifier("reporter", reporter);
    identifier("cluster", cluster);
    identifier("digest", digest);
    problems = List.copyOf(problems);
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("problems must name at least one");
    }
  }
}
