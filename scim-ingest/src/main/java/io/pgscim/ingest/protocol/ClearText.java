package io.pgscim.ingest.protocol;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * HTTP/2 is spoken where TLS has negotiated it. In clear text a client could upgrade to it through
 * a proxy, and what it sends afterwards is past whatever the proxy checks.
 */
@ApplicationScoped
class ClearText implements HttpServerOptionsCustomizer {
  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    options.setHttp2ClearTextEnabled(false);
  }
}
