package io.pgscim.audit.anchor;

import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The right to sign the one log that this process writes; empty when it has no second place. */
public final class AnchorOfThisLog {
  private final Optional<Anchor> anchor;
  private final boolean begin;

  AnchorOfThisLog(Optional<Anchor> anchor, boolean begin) {
    this.anchor = anchor;
    this.begin = begin;
  }

  /** Whether a log that was signed before may begin in an empty second place. */
  public boolean begin() {
    return begin;
  }

  /** A lease that is not taken yet. */
  public Optional<Lease> lease() {
    return anchor.map(place -> new Lease(place, thisProcess()));
  }

  private static String thisProcess() {
    return host() + "/" + ProcessHandle.current().pid();
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown host";
    }
  }

  /** Makes it from the configuration. */
  static final class Maker {
    @Produces
    @Singleton
    AnchorOfThisLog make(
        AnchorConfig config,
        Vertx vertx,
        @ConfigProperty(name = "pgscim.audit.origin") String origin) {
      return new AnchorOfThisLog(
          config
              .url()
              .map(
                  url ->
                      new PostgresAnchor(vertx, url, config.username(), config.password(), origin)),
          config.begin());
    }

    void close(@Disposes AnchorOfThisLog made) {
      made.anchor.ifPresent(Anchor::close);
    }
  }
}
