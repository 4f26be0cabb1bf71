package io.pgscim.local.demonstrate;

import io.pgscim.local.demonstrate.AuditTrail.Entry;
import io.pgscim.local.demonstrate.Scim.Answer;
import io.pgscim.parts.PartsException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The demonstration, against services that run. It can be played again on the same data: it finds
 * its people and groups, and changes them as an identity provider would.
 */
public final class Demonstration {
  private static final String ANALYTICS = "pg-production-analytics";
  private static final String ONCALL = "pg-production-oncall";
  private static final String ADA = "ada.lovelace@example.com";
  private static final String ALAN = "alan.turing@example.com";
  private static final String GRACE = "grace.hopper@example.com";

  private static final String BEST_SELLERS =
      """
      SELECT p.name AS product, sum(l.quantity) AS sold, sum(l.quantity * p.price) AS revenue
      FROM sales.order_lines l JOIN sales.products p USING (sku)
      GROUP BY p.name ORDER BY revenue DESC LIMIT 3""";

  private final Stage stage;
  private final Scim scim;
  private final AuditTrail audit;
  private final String database;

  /** What the log calls by an id, as people call it. */
  private final Map<String, String> names = new HashMap<>();

  /**
   * @param env what {@code quickstart env} prints
   */
  public Demonstration(Map<String, String> env, PrintStream out) {
    this.stage = new Stage(out);
    this.scim = new Scim(env.get("SCIM_BASE_URL"), env.get("SCIM_TOKEN"));
    this.audit = new AuditTrail(env.get("AUDIT_URL"));
    this.database = env.get("DATABASE_URL").replaceFirst("//[^@/]*@", "//");
  }

  /**
   * Plays it.
   *
   * @throws PartsException when something that was to be shown did not happen
   */
  public void play() {
    try (Roles roles = Roles.in(database)) {
      long begin = audit.size();
      String analytics = group(ANALYTICS);
      String oncall = group(ONCALL);
      String ada = aPersonComes(roles, analytics);
      aQueryWorks();
      aPersonMayWrite(roles, oncall);
      aPersonLeaves(roles, ada);
      theLogKnows(begin);
      itIsFast(roles, analytics);
    } catch (SQLException e) {
      throw new PartsException("the demonstration failed at PostgreSQL: " + e.getMessage(), e);
    }
  }

  private String aPersonComes(Roles roles, String analytics) throws SQLException {
    stage.scene("Okta pushes a person");
    stage.tell(
        "Okta says that Ada Lovelace works here, and puts her into the group " + ANALYTICS + ".");
    String ada = person(ADA, "Ada", "Lovelace");
    stage.show(scim.addMember(analytics, ada).toString());
    roles.awaitMember(ADA, "analytics_read");
    stage.tell("By now PostgreSQL has a role for her, and the policy gave it an access role:");
    stage.show(roles.table(ADA));
    return ada;
  }

  private void aQueryWorks() throws SQLException {
    stage.scene("Ada works with the data");
    stage.tell("She logs in as " + ADA + " and asks what sells best:");
    stage.show(BEST_SELLERS);
    try (Session ada = Session.of(database, ADA)) {
      stage.show(ada.ask(BEST_SELLERS));
      stage.tell("Of the customers the policy gave her no more than where they are:");
      refused(ada, "SELECT name, email FROM crm.customers");
    }
  }

  private void aPersonMayWrite(Roles roles, String oncall) throws SQLException {
    stage.scene("Entra ID pushes another, in its own dialect");
    stage.tell("Alan Turing is on call: the group " + ONCALL + " gives app_write.");
    String alan = person(ALAN, "Alan", "Turing");
    stage.show(scim.addMemberAsEntra(oncall, alan).toString());
    roles.awaitMember(ALAN, "app_write");
    try (Session session = Session.of(database, ALAN)) {
      String change = "UPDATE sales.orders SET status = 'paid' WHERE id = 5";
      stage.show(change);
      stage.show(session.change(change) + " row changed");
      refused(session, "DELETE FROM sales.orders WHERE id = 5");
    }
  }

  private void aPersonLeaves(Roles roles, String ada) throws SQLException {
    stage.scene("Ada leaves");
    stage.tell("She is in the middle of her work when Okta deactivates her.");
    try (Session live = Session.of(database, ADA)) {
      stage.show(live.ask("SELECT count(*) AS orders FROM sales.orders"));
      stage.show(scim.setActive(ada, false).toString());
      roles.awaitNoSession(ADA);
      stage.tell("Her session was ended:");
      stage.show(live.complaint());
    }
    stage.tell("The same query again:");
    try (Session again = Session.of(database, ADA)) {
      stage.show(again.ask(BEST_SELLERS));
    } catch (SQLException e) {
      stage.show(e.getMessage());
    }
    stage.show(roles.table(ADA, ALAN));
  }

  private void theLogKnows(long begin) {
    stage.scene("The log holds all of it");
    Patience.await(
        "the proof of Ada's revocation",
        () -> audit.from(begin).stream().anyMatch(entry -> isOf(entry, "prove-revocation", ADA)));
    stage.tell("Who, what, which, outcome; and the milliseconds from the push to its being done:");
    stage.show(
        new Table(
            List.of("who", "what", "which", "outcome", "ms"),
            audit.from(begin).stream().map(this::row).toList()));
  }

  private void itIsFast(Roles roles, String analytics) {
    stage.scene("How fast is it?");
    String grace = person(GRACE, "Grace", "Hopper");
    roles.awaitRole(GRACE);
    PushToGrant.Result result =
        new PushToGrant(scim, roles, audit).measure(analytics, grace, GRACE, "analytics_read");
    stage.tell(
        "From the arrival of a push to the commit of its GRANT, by the events' own times, %d pushes:"
            .formatted(result.pushes()));
    stage.tell("median %.1f ms, slowest %.1f ms".formatted(result.median(), result.slowest()));
  }

  private List<String> row(Entry entry) {
    return List.of(
        entry.who(), entry.what(), which(entry), entry.outcome(), "%.0f".formatted(entry.millis()));
  }

  private String which(Entry entry) {
    Stream<String> subjects =
        entry.role().isEmpty()
            ? Stream.of(entry.user(), entry.group())
            : Stream.of(entry.role(), entry.object());
    return subjects
        .filter(subject -> !subject.isEmpty())
        .map(subject -> names.getOrDefault(subject, subject))
        .collect(Collectors.joining(" · "));
  }

  private static boolean isOf(Entry entry, String what, String role) {
    return entry.what().equals(what) && entry.role().equals(role);
  }

  private void refused(Session session, String sql) {
    stage.show(sql);
    try {
      stage.show(session.ask(sql));
    } catch (SQLException e) {
      stage.show(e.getMessage());
    }
  }

  private String person(String userName, String givenName, String familyName) {
    Optional<Answer> known = scim.findUser(userName);
    Answer answer =
        known.isPresent()
            ? scim.setActive(known.get().id(), true)
            : scim.createUser(userName, givenName, familyName);
    stage.show(answer.toString());
    String id = known.orElse(answer).id();
    names.put(id, userName);
    return id;
  }

  private String group(String displayName) {
    String id = scim.findGroup(displayName).orElseGet(() -> scim.createGroup(displayName)).id();
    names.put(id, displayName);
    return id;
  }
}
