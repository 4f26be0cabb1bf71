package io.pgscim.audit.review;

import io.pgscim.audit.tlog.Checkpoint;
import io.pgscim.audit.tlog.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The access review as a text. The same log and period give the same text.
 *
 * @param signed the checkpoint that the log was checked against
 * @param rootBefore the root when the period began
 * @param rootAfter the root when it ended
 * @param verdict what the check of the whole log found, in a sentence
 */
public record ReviewText(
    Review review, Checkpoint signed, Hash rootBefore, Hash rootAfter, String verdict) {
  private static final List<String> MEMBERSHIP =
      List.of("when", "role", "person", "decided by", "group", "request", "entry");
  private static final List<String> EVENT =
      List.of("when", "what", "outcome", "role", "in words", "decided by", "request", "entry");

  /** As Markdown. */
  public String markdown() {
    return Markdown.of(document());
  }

  /** As an HTML page. */
  public String html() {
    return Html.of(title(), document());
  }

  private String title() {
    return "Access review of " + signed.origin();
  }

  private Document document() {
    var text = new Document();
    text.heading(1, title());
    text.paragraph(
        "From %s until %s.".formatted(review.period.from(), review.period.until())
            + " Everything here is read from the log; \"entry\" is where it stands there, and audit prove"
            + " gives a proof of it. Times are UTC. It serves CC6.1 (access is given by rules: the policy and"
            + " the groups named here), CC6.2 (people are registered and removed: logins) and CC6.3 (access is"
            + " given, changed and taken: access roles) of SOC 2.");
    text.table(
        List.of("the log", "entries", "root"),
        List.of(
            List.of(
                "when the period began", Long.toString(review.sizeBefore()), rootBefore.base64()),
            List.of("when it ended", Long.toString(review.sizeAfter()), rootAfter.base64()),
            List.of("as it was checked", Long.toString(signed.size()), signed.root().base64())));
    text.paragraph("Check of the whole log: " + verdict);
    review.clusters.forEach((name, cluster) -> cluster(text, name, cluster));
    if (review.clusters.isEmpty()) {
      text.paragraph("The log tells of no cluster until then.");
    }
    events(text, 2, "Who may push, and who was turned away", review.access);
    return text;
  }

  private static void cluster(Document text, String name, ClusterReview cluster) {
    text.heading(2, "Cluster " + name);
    if (cluster.accessRoles.isEmpty()) {
      text.paragraph("Nobody ever held an access role.");
    } else {
      accessRoles(text, cluster);
    }
    events(text, 3, "Logins and roles made, enabled, disabled and dropped", cluster.logins);
    events(text, 3, "Privileges of access roles", cluster.privileges);
    events(text, 3, "Sessions ended and revocations proven", cluster.revocations);
    events(text, 3, "Refusals", cluster.refusals);
    events(text, 3, "Failures", cluster.failures);
    events(text, 3, "Held for approval, and decided", cluster.holds);
    events(text, 3, "Policy", cluster.policies);
    events(text, 3, "Drift scans", cluster.drift);
  }

  private static void accessRoles(Document text, ClusterReview cluster) {
    text.table(
        List.of("access role", "hold it at the end", "gained it", "lost it"),
        cluster.accessRoles.entrySet().stream()
            .map(
                role ->
                    List.of(
                        role.getKey(),
                        Integer.toString(role.getValue().holders.size()),
                        Integer.toString(role.getValue().gained.size()),
                        Integer.toString(role.getValue().lost.size())))
            .toList());
    for (Map.Entry<String, ClusterReview.AccessRole> role : cluster.accessRoles.entrySet()) {
      text.heading(3, "Access role " + role.getKey());
      members(text, "Hold it at the end, since", role.getValue().holders.values());
      members(text, "Gained it", role.getValue().gained);
      members(text, "Lost it", role.getValue().lost);
    }
  }

  private static void members(Document text, String title, Iterable<Decided> entries) {
    var rows = new ArrayList<List<String>>();
    for (Decided entry : entries) {
      rows.add(
          List.of(
              entry.at().toString(),
              entry.role(),
              entry.user(),
              entry.who(),
              entry.group(),
              entry.txn(),
              Long.toString(entry.index())));
    }
    if (!rows.isEmpty()) {
      text.heading(4, title);
      text.table(MEMBERSHIP, rows);
    }
  }

  /** That there was none of it is worth a line of its own. */
  private static void events(Document text, int level, String title, List<Decided> entries) {
    text.heading(level, title);
    if (entries.isEmpty()) {
      text.paragraph("None.");
      return;
    }
    text.table(
        EVENT,
        entries.stream()
            .map(
                entry ->
                    List.of(
                        entry.at().toString(),
                        entry.what(),
                        entry.outcome(),
                        entry.role(),
                        entry.words(),
                        entry.who(),
                        entry.txn(),
                        Long.toString(entry.index())))
            .toList());
  }
}
