package io.pgscim.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgscim.parts.RealParts;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service over TLS, set up as docs/security.md says: by configuration alone. */
class TlsIT {
  private static final String PASSWORD = "changeit";
  private static final String TOKEN = "secret";

  @TempDir Path folder;

  @Test
  void withMutualTlsOnlyAKnownCertificateGetsAsFarAsTheToken() throws Exception {
    keys("server", "CN=localhost", "-ext", "SAN=dns:localhost,ip:127.0.0.1");
    keys("client", "CN=okta");
    keys("stranger", "CN=mallory");
    int port = freePort();
    Process service = start(port, "required");
    try {
      HttpClient known = client("client");
      assertThat(status(known, port, true)).as("%s", output()).isEqualTo(200);
      assertThat(status(known, port, false)).as("still needs its token").isEqualTo(401);
      assertThatThrownBy(() -> status(client(null), port, true))
          .as("no certificate")
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> status(client("stranger"), port, true))
          .as("a certificate that nobody trusts")
          .isInstanceOf(IOException.class);
    } finally {
      service.destroy();
      service.waitFor(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void withTlsAloneNoCertificateIsNeeded() throws Exception {
    keys("server", "CN=localhost", "-ext", "SAN=dns:localhost,ip:127.0.0.1");
    keys("client", "CN=okta");
    int port = freePort();
    Process service = start(port, "none");
    try {
      assertThat(status(client(null), port, true)).as("%s", output()).isEqualTo(200);
      assertThatThrownBy(() -> status(HttpClient.newHttpClient(), port, true))
          .as("the certificate is the generated one")
          .isInstanceOf(SSLException.class);
    } finally {
      service.destroy();
      service.waitFor(30, TimeUnit.SECONDS);
    }
  }

  private Process start(int port, String clientCertificates) throws IOException {
    String database = "tls_" + clientCertificates;
    RealParts.database().createDatabase(database);
    ProcessBuilder builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-jar",
            Path.of("target", "quarkus-app", "quarkus-run.jar").toString());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(key -> key.startsWith("PGSCIM_"));
    environment.put("PGSCIM_DIRECTORY_URL", RealParts.database().url(database));
    environment.put("PGSCIM_DIRECTORY_USERNAME", RealParts.database().superuser());
    environment.put("PGSCIM_ACCESS_TOKEN_SHA256", RealSurroundings.sha256(TOKEN));
    environment.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
    environment.put("QUARKUS_HTTP_SSL_PORT", Integer.toString(port));
    environment.put("QUARKUS_HTTP_INSECURE_REQUESTS", "disabled");
    environment.put("QUARKUS_TLS_KEY_STORE_P12_PATH", store("server").toString());
    environment.put("QUARKUS_TLS_KEY_STORE_P12_PASSWORD", PASSWORD);
    environment.put("QUARKUS_TLS_TRUST_STORE_P12_PATH", store("client-trust").toString());
    environment.put("QUARKUS_TLS_TRUST_STORE_P12_PASSWORD", PASSWORD);
    environment.put("PGSCIM_TLS_CLIENT_CERTIFICATES", clientCertificates);
    return builder
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output.log").toFile())
        .start();
  }

  private String output() throws IOException {
    return Files.readString(folder.resolve("output.log"));
  }

  /** Asks until the service is up. */
  private static int status(HttpClient http, int port, boolean withToken) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/scim/v2/Schemas"));
    if (withToken) {
      request.header("Authorization", "Bearer " + TOKEN);
    }
    Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
    while (true) {
      try {
        return http.send(request.build(), BodyHandlers.discarding()).statusCode();
      } catch (java.net.ConnectException notYet) {
        if (Instant.now().isAfter(deadline)) {
          return 0;
        }
        Thread.sleep(200);
      }
    }
  }

  /** A client that trusts the server, and shows a certificate when it has one. */
  private HttpClient client(String own) throws Exception {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(load("server-trust"));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own == null ? null : load(own), PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).build();
  }

  private KeyStore load(String name) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store(name))) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private Path store(String name) {
    return folder.resolve(name + ".p12");
  }

  /** A key pair with its certificate, and beside it a store that trusts the certificate. */
  private void keys(String name, String subject, String... more) throws Exception {
    keytool(
        Stream.concat(
                Stream.of(
                    "-genkeypair",
                    "-alias",
                    name,
                    "-keyalg",
                    "EC",
                    "-dname",
                    subject,
                    "-validity",
                    "2",
                    "-keystore",
                    store(name).toString()),
                Stream.of(more))
            .toList());
    Path certificate = folder.resolve(name + ".cer");
    keytool(
        List.of(
            "-exportcert",
            "-alias",
            name,
            "-file",
            certificate.toString(),
            "-keystore",
            store(name).toString()));
    keytool(
        List.of(
            "-importcert",
            "-noprompt",
            "-alias",
            name,
            "-file",
            certificate.toString(),
            "-keystore",
            store(name + "-trust").toString()));
  }

  private static void keytool(List<String> arguments) throws Exception {
    List<String> command =
        Stream.concat(
                Stream.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()),
                Stream.concat(
                    arguments.stream(), Stream.of("-storetype", "PKCS12", "-storepass", PASSWORD)))
            .toList();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).as("%s", command).isZero();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
