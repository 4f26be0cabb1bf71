package io.pgscim.events;

import static io.pgscim.events.Guard.identifier;
import static io.pgscim.events.Guard.present;

import java.time.Instant;

/**
 * What set an event off. It is handed on unchanged from the push to the GRANT to the log, so that
 * the chain can be read, and timed, from the data alone.
 *
 * @param txn one SCIM request, webhook or schedule = one txn (RFC 9967 §2.3)
 * @param actor who asked: the client of a source ({@code okta/token-1}), or a part of pgscim
 *     ({@code policy}, {@code schedule})
 * @param requestedAt when the request arrived
 * @param traceparent W3C Trace Context; null when the request carried none
 */
public record Cause(String txn, String actor, Instant requestedAt, String traceparent) {

  public Cause {
    identifier("txn", txn);
    identifier("actor", actor);
    present("requestedAt", requestedAt);
  }
}
