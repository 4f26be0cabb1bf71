package io.pgscim.ingest.access;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;

/** Where a request comes from; behind a proxy {@code quarkus.http.proxy} decides what that is. */
public final class Address {
  private Address() {}

  /** The client's address as a literal, or {@code unknown}. */
  public static String of(HttpServerRequest request) {
    SocketAddress remote = request.remoteAddress();
    if (remote == null) {
      return "unknown";
    }
    // What a proxy forwards is a host that was never looked up.
    return remote.hostAddress() == null ? remote.host() : remote.hostAddress();
  }
}
