package io.pgscim.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said of a person in a request is found neither in the log nor in the metrics. */
@QuarkusTest
@QuarkusTestResource(RealSurroundings.class)
class NothingPersonalIT {
  private static final String PERSON = "zaphod-beeblebrox";

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final ExtHandler listening =
      new ExtHandler() {
        @Override
        protected void doPublish(ExtLogRecord record) {
          StringWriter line = new StringWriter();
          line.append(record.getFormattedMessage()).append(' ').append(record.getMdcCopy() + "");
          if (record.getThrown() != null) {
            record.getThrown().printStackTrace(new PrintWriter(line, true));
          }
          lines.add(line.toString());
        }
      };

  @BeforeEach
  void listen() {
    Logger.getLogger("").addHandler(listening);
  }

  @AfterEach
  void stopListening() {
    Logger.getLogger("").removeHandler(listening);
  }

  @Test
  void neitherInWhatSucceedsNorInWhatIsRefused() {
    String user = person(PERSON).id();
    person(PERSON);
    person(PERSON.toUpperCase(Locale.ROOT));
    String group = Scim.group("friends of " + PERSON, user).id();
    Scim.patch("/Groups/" + group, "{'op': 'add', 'path': 'members', 'value': ['" + PERSON + "']}");
    Scim.patch("/Users/" + user, "{'op': 'replace', 'path': '" + PERSON + "', 'value': 1}");
    Scim.patch("/Users/" + user, "{'op': 'replace', 'path': 'title', 'value': '" + PERSON + "'}");
    Scim.list("/Users", "userName eq \"" + PERSON + "\"");
    Scim.list("/Users", "emails[value eq \"" + PERSON + "\"");
    Scim.list("/Users", PERSON + " eq 1");
    Scim.get("/Users/" + PERSON);
    Scim.get("/" + PERSON);
    Scim.post("/Users", "{'userName': '" + PERSON);
    Scim.post("/Users", "{'userName': 'x\0" + PERSON + "'}");
    Scim.send("GET", "/Users", null, "Authorization", "Bearer " + PERSON);
    Scim.delete("/Users/" + user);
    Scim.delete("/Groups/" + group);

    assertThat(lines).anyMatch(line -> line.contains("resource created"));
    assertThat(String.join("\n", lines)).doesNotContainIgnoringCase(PERSON);
    assertThat(Metrics.at(Scim.root()).text())
        .contains("pgscim_scim_requests")
        .doesNotContainIgnoringCase(PERSON);
  }

  @Test
  void norInWhatFailsBecausePostgresqlQuotesTheRow() {
    // 23514 says in its detail: Failing row contains (…).
    DirectoryTables.execute(
        "ALTER TABLE scim.resource ADD CONSTRAINT nobody CHECK (name <> '"
            + PERSON
            + "') NOT VALID");
    try {
      Scim.Reply reply = person(PERSON);

      assertThat(reply.status()).isEqualTo(500);
      assertThat(reply.body().toString()).doesNotContain(PERSON);
      assertThat(lines)
          .anyMatch(line -> line.contains("request failed") && line.contains("SQLSTATE 23514"));
      assertThat(String.join("\n", lines)).contains("PgException").doesNotContain(PERSON);
    } finally {
      DirectoryTables.execute("ALTER TABLE scim.resource DROP CONSTRAINT nobody");
    }
  }

  private static Scim.Reply person(String name) {
    return Scim.post(
        "/Users",
        "{'userName': '"
            + name
            + "', 'displayName': '"
            + name
            + "', 'emails': [{'value': '"
            + name
            + "'}]}");
  }
}
