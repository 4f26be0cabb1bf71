package io.pgscim.events;

import static io.pgscim.events.Guard.identifier;

/**
 * A policy came into force.
 *
 * @param digest SHA-256 of the policy file's bytes, lower-case hex
 */
public record PolicyAccepted(String reporter, String cluster, String digest)
    implements SecurityEvent {

  public PolicyAccepted {
    identifier("reporter", reporter);
    identifier("cluster", cluster);
    identifier("digest", digest);
  }
}
