package io.pgscim.audit.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.audit.command.Run;
import io.pgscim.audit.entry.CanonicalJson;
import io.pgscim.audit.entry.Line;
import io.pgscim.audit.entry.Position;
import io.pgscim.audit.tree.WrittenTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A story of two months and two clusters, and the review of the second month. */
class ReviewIT {
  private static final Path GOLDEN = Path.of("src/test/resources/review");
  @TempDir Path log;
  @TempDir Path other;
  private String key;

  @BeforeEach
  void write() throws IOException {
    key = WrittenTree.write(log, new Story().lines());
  }

  @Test
  void theReviewTellsTheMonth() throws Exception {
    golden("november.md", review("markdown"));
    golden("november.html", review("html"));
  }

  /** What differs is the key that a log is made with, and that is no part of the text. */
  @Test
  void theSameLogGivesTheSameText() throws Exception {
    String first = review("markdown");
    key = WrittenTree.write(other, new Story().lines());

    assertThat(Run.out(0, "review", other, "--month", "2026-11", "--key", key)).isEqualTo(first);
    assertThat(
            Run.out(0, "review", log, "--since", "2026-11-01", "--until", "2026-12-01T00:00:00Z"))
        .isEqualTo(first);
  }

  @Test
  void nothingIsToldOfALogThatIsNotIntact() throws Exception {
    Path bundle = log.resolve("tile/entries/000.p/22");
    byte[] bytes = Files.readAllBytes(bundle);
    bytes[50] ^= 1;
    Files.write(bundle, bytes);

    assertThat(Run.out(1, "review", log, "--month", "2026-11")).doesNotContain("Access review");
    assertThat(Run.audit("review", log).code()).isEqualTo(2);
    assertThat(Run.audit("review", log, "--month", "November").code()).isEqualTo(2);
  }

  private String review(String format) {
    return Run.out(0, "review", log, "--month", "2026-11", "--format", format, "--key", key);
  }

  private static void golden(String name, String text) throws IOException {
    if ("write".equals(System.getProperty("pgscim.docs"))) {
      Files.writeString(GOLDEN.resolve(name), text);
    }
    assertThat(text).isEqualTo(Files.readString(GOLDEN.resolve(name)));
  }

  /** Entries as the log has them. */
  private static final class Story {
    private final List<Line> lines = new ArrayList<>();

    List<Line> lines() {
      // October: Ada and Bob come.
      entry(
          "2026-10-05T08:00:00Z",
          "put-group",
          "okta/t1",
          "t1",
          "recorded",
          Map.of("directory", "okta", "group", "g1"),
          Map.of("displayName", "pg-analytics", "version", 1));
      entry(
          "2026-10-05T08:00:01Z",
          "add-member",
          "okta/t1",
          "t2",
          "recorded",
          Map.of("group", "g1", "user", "u1"),
          Map.of());
      entry(
          "2026-10-05T08:00:02Z",
          "create-role",
          "okta/t1",
          "t2",
          "applied",
          login("ada", "u1"),
          Map.of("description", "create login role ada"));
      member("2026-10-05T08:00:02Z", "grant", "okta/t1", "t2", "ada", "u1", "analytics_read");
      entry(
          "2026-10-06T08:00:00Z",
          "add-member",
          "okta/t1",
          "t3",
          "recorded",
          Map.of("group", "g1", "user", "u2"),
          Map.of());
      member("2026-10-06T08:00:00Z", "grant", "okta/t1", "t3", "bob", "u2", "analytics_read");
      member("2026-10-07T08:00:00Z", "grant", "policy", "t4", "bob", "u2", "app_write");
      // November: Bob leaves, Carol comes, a mistake is held, somebody grants by hand.
      entry(
          "2026-11-02T09:00:00Z",
          "put-user",
          "okta/t1",
          "t5",
          "recorded",
          Map.of("directory", "okta", "user", "u2"),
          Map.of("active", false, "version", 2));
      member("2026-11-02T09:00:01Z", "revoke", "okta/t1", "t5", "bob", "u2", "analytics_read");
      member("2026-11-02T09:00:01Z", "revoke", "okta/t1", "t5", "bob", "u2", "app_write");
      entry(
          "2026-11-02T09:00:01Z",
          "disable-login",
          "okta/t1",
          "t5",
          "applied",
          login("bob", "u2"),
          Map.of("description", "disable login of bob"));
      entry(
          "2026-11-02T09:00:01.042Z",
          "prove-revocation",
          "okta/t1",
          "t5",
          "proven",
          login("bob", "u2"),
          Map.of("description", "no login, no membership, no live session", "tookMillis", 42));
      entry(
          "2026-11-10T12:00:00Z",
          "add-member",
          "okta/t1",
          "t6",
          "recorded",
          Map.of("group", "g1", "user", "u3"),
          Map.of());
      member(
          "2026-11-10T12:00:00.5Z", "grant", "okta/t1", "t6", "carol|<b>", "u3", "analytics_read");
      entry(
          "2026-11-11T12:00:00Z",
          "change-role",
          "okta/t1",
          "t7",
          "refused",
          login("pg_monitor", "u4"),
          Map.of(
              "description",
              "create login role pg_monitor",
              "reason",
              "names that begin with pg_ belong to PostgreSQL"));
      entry(
          "2026-11-12T12:00:00Z",
          "hold-plan",
          "okta/t1",
          "t8",
          "held",
          Map.of("cluster", "production", "plan", "2c26"),
          Map.of("people", 5000, "limit", 1224));
      entry(
          "2026-11-12T13:00:00Z",
          "reject-plan",
          "dba@example.com",
          "t8",
          "refused",
          Map.of("cluster", "production", "plan", "2c26"),
          Map.of("reason", "not meant"));
      entry(
          "2026-11-13T02:00:00Z",
          "compare-cluster",
          "schedule",
          "t9",
          "recorded",
          Map.of("cluster", "production", "report", "9f86"),
          Map.of("found", Map.of("outsider", 1), "people", 3));
      entry(
          "2026-11-14T02:00:00Z",
          "prove-revocation",
          "okta/t1",
          "t10",
          "failed",
          login("dan", "u5"),
          Map.of("place", "replica-1", "reason", "it does not answer"));
      entry(
          "2026-11-20T10:00:00Z",
          "authenticate",
          "unknown",
          "t11",
          "refused",
          Map.of("directory", "okta"),
          Map.of("count", 3, "reason", "unknown"));
      entry(
          "2026-11-21T10:00:00Z",
          "change-policy",
          "policy",
          "t12",
          "applied",
          Map.of("cluster", "staging", "policy", "9f86d081"),
          Map.of());
      // December is not of this review.
      member("2026-12-01T00:00:00Z", "revoke", "okta/t1", "t13", "ada", "u1", "analytics_read");
      return lines;
    }

    private static Map<String, String> login(String role, String user) {
      return Map.of("cluster", "production", "role", role, "user", user);
    }

    private void member(
        String at, String verb, String who, String txn, String role, String user, String object) {
      var which = new TreeMap<String, String>(login(role, user));
      which.put("object", object);
      entry(
          at,
          verb + "-membership",
          who,
          txn,
          "applied",
          which,
          Map.of("description", verb + " " + object));
    }

    private void entry(
        String at,
        String what,
        String who,
        String txn,
        String outcome,
        Map<String, String> which,
        Map<String, Object> details) {
      var id = new UUID(9, lines.size() + 1);
      var from = new Position("role-changes", 0, lines.size());
      var fields = new TreeMap<String, Object>();
      fields.put("form", 1);
      fields.put("event", id.toString());
      fields.put("what", what);
      fields.put("who", who);
      fields.put("txn", txn);
      fields.put("outcome", outcome);
      fields.put("which", which);
      fields.put("when", Map.of("happened", at, "logged", at));
      fields.put("from", Map.of("topic", "role-changes", "partition", 0, "offset", lines.size()));
      fields.put("details", details);
      lines.add(new Line(id, from, CanonicalJson.write(fields), null, null));
    }
  }
}
