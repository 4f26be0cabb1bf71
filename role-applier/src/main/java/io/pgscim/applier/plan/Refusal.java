package io.pgscim.applier.plan;

import java.util.Objects;

/**
 * A change that was wanted and is not made.
 *
 * @param role the role it was about, or the name it would have had
 * @param description the wanted change in plain words
 * @param reason why not, and what to do about it
 * @param sqlState PostgreSQL's when the server refused; null when pgscim did
 */
public record Refusal(
    Subject subject, String role, String description, String reason, String sqlState) {

  public Refusal {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(reason, "reason");
  }

  /** Refused by pgscim itself. */
  public static Refusal of(Subject subject, String role, String description, String reason) {
    return new Refusal(subject, role, description, reason, null);
  }

  /** Refused by the server. */
  public static Refusal of(Change change, String sqlState, String message) {
    return new Refusal(
        change.subject(),
        change.role(),
        change.description(),
        "PostgreSQL refused it: " + message,
        sqlState);
  }
}
