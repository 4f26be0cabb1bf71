package io.pgscim.ingest.access;

import io.pgscim.ingest.IngestConfig;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/** Asks clients for a certificate; Quarkus would have that decided when it is built. */
@ApplicationScoped
public class ClientCertificates implements HttpServerOptionsCustomizer {
  private final IngestConfig.Tls tls;

  public ClientCertificates(IngestConfig config) {
    this.tls = config.tls();
  }

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    options.setClientAuth(tls.clientCertificates());
  }
}
