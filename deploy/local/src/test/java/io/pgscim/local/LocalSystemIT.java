package io.pgscim.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgscim.parts.PartsException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class LocalSystemIT {
  private static final Path ROOT = Path.of(System.getProperty("pgscim.root"));
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir Path folder;

  @Test
  void startsStopsAndKeepsWhatWasThere() throws Exception {
    Map<String, String> env;
    try (LocalSystem system = start()) {
      env = system.env();
      assertThat(statusOf(env.get("AUDIT_URL") + "/q/health/ready")).isEqualTo(200);
      assertThat(ask(env, "SELECT count(*) FROM sales.orders")).isEqualTo("120");
      assertThat(bodyOf(env.get("AUDIT_URL") + "/q/health/ready")).contains("postgresql");
      assertThat(bodyOf(env.get("AUDIT_URL") + "/vkey"))
          .isEqualTo(env.get("AUDIT_LOG_VKEY") + "\n");
      assertThat(ask(env, "SELECT has_database_privilege('public', 'app', 'CONNECT')"))
          .isEqualTo("f");
      ask(env, "DELETE FROM sales.order_lines WHERE order_id = 1 RETURNING 1");

      assertThatThrownBy(this::start)
          .isInstanceOf(PartsException.class)
          .hasMessageContaining("another quickstart");
    }
    assertThatThrownBy(() -> ask(env, "SELECT 1")).isInstanceOf(SQLException.class);

    try (LocalSystem again = start()) {
      assertThat(again.env()).isEqualTo(env);
      assertThat(ask(env, "SELECT count(*) FROM sales.order_lines WHERE order_id = 1"))
          .isEqualTo("0");
    }
  }

  @Test
  void killsAndStartsOnePart() throws Exception {
    try (LocalSystem system = start()) {
      String health = system.env().get("AUDIT_URL") + "/q/health/ready";

      system.kill("audit-sink");
      assertThatThrownBy(() -> statusOf(health)).isInstanceOf(ConnectException.class);

      system.startAgain("audit-sink");
      assertThat(statusOf(health)).isEqualTo(200);
    }
  }

  @Test
  void saysWhichPolicyFileIsMissing() {
    Settings settings =
        Settings.in(ROOT, folder.resolve("data")).withPolicy(folder.resolve("none.yaml"));

    assertThatThrownBy(() -> LocalSystem.start(settings, LocalSystem.SILENT))
        .isInstanceOf(PartsException.class)
        .hasMessageContaining("none.yaml cannot be read");
  }

  private LocalSystem start() {
    return LocalSystem.start(Settings.in(ROOT, folder.resolve("data")), LocalSystem.SILENT);
  }

  private static String bodyOf(String url) throws Exception {
    return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
        .body();
  }

  private static int statusOf(String url) throws Exception {
    return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding())
        .statusCode();
  }

  private static String ask(Map<String, String> env, String sql) throws SQLException {
    String url = env.get("DATABASE_URL").replace("postgres@", "");
    try (Connection connection = DriverManager.getConnection("jdbc:" + url, "postgres", "");
        ResultSet rows = connection.createStatement().executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
