package io.pgscim.applier.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Answers of the service as text for people. */
final class Tables {
  private final PrintStream out;

  Tables(PrintStream out) {
    this.out = out;
  }

  void plan(JsonNode plan) {
    JsonNode changes = plan.path("changes");
    changes.forEach(
        change -> {
          line(
              "  "
                  + change.path("description").asText()
                  + (change.has("withheld") ? " (" + change.path("withheld").asText() + ")" : ""));
          String sql = change.path("sql").asText();
          if (!sql.isEmpty()) {
            line("      " + sql.replace("\n", "\n      "));
          }
        });
    plan.path("refusals")
        .forEach(
            refusal ->
                line(
                    "! cannot "
                        + refusal.path("description").asText()
                        + ": "
                        + refusal.path("reason").asText()));
    line(
        "cluster "
            + plan.path("cluster").asText()
            + ": "
            + (changes.isEmpty() ? "nothing to change" : changes.size() + " changes")
            + (plan.path("complete").asBoolean() ? "" : ", and more that are not shown"));
    JsonNode breaker = plan.path("breaker");
    if (breaker.path("people").asInt() > 0) {
      line(
          breaker.path("people").asInt()
              + " of "
              + breaker.path("holders").asInt()
              + " people would lose something"
              + (breaker.has("limit")
                  ? ", "
                      + breaker.path("limit").asInt()
                      + " may unasked: "
                      + (breaker.path("held").asBoolean()
                          ? "that part would be held"
                          : "it would be done")
                  : ""));
    }
  }

  void holds(JsonNode holds) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("STATE", "PEOPLE", "OF", "LIMIT", "SINCE", "BECAUSE OF", "DIGEST", ""));
    holds
        .path("holds")
        .forEach(
            hold ->
                rows.add(
                    List.of(
                        hold.path("state").asText(),
                        hold.path("people").asText(),
                        hold.path("holders").asText(),
                        hold.path("limit").asText(),
                        hold.path("since").asText(),
                        hold.path("actor").asText() + " " + hold.path("txn").asText(),
                        hold.path("digest").asText(),
                        decided(hold))));
    if (rows.size() == 1) {
      line("nothing was ever held");
    } else {
      columns(rows);
    }
  }

  /** The beginning of a hold. */
  void hold(JsonNode hold) {
    line(
        hold.path("state").asText()
            + " since "
            + hold.path("since").asText()
            + ": "
            + hold.path("people").asText()
            + " of "
            + hold.path("holders").asText()
            + " people would lose something, "
            + hold.path("limit").asText()
            + " may unasked; because of "
            + hold.path("actor").asText()
            + " "
            + hold.path("txn").asText());
    String decided = decided(hold);
    if (!decided.isEmpty()) {
      line(decided);
    }
  }

  /** What people would lose. */
  void people(JsonNode page) {
    page.path("plan")
        .forEach(
            person -> {
              line("  " + person.path("role").asText() + "  " + person.path("userId").asText());
              person
                  .path("changes")
                  .forEach(
                      change -> {
                        line("      " + change.path("description").asText());
                        line("          " + change.path("sql").asText());
                      });
            });
  }

  void line(String text) {
    out.println(text);
  }

  private static String decided(JsonNode hold) {
    return hold.has("decidedBy")
        ? "by " + hold.path("decidedBy").asText() + ": " + hold.path("reason").asText()
        : "";
  }

  private void columns(List<List<String>> rows) {
    int[] width = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < width.length; i++) {
        width[i] = Math.max(width[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      var text = new StringBuilder();
      for (int i = 0; i < width.length; i++) {
        text.append(row.get(i)).repeat(' ', width[i] - row.get(i).length() + 2);
      }
      line(text.toString().stripTrailing());
    }
  }
}
