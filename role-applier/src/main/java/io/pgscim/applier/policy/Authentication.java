package io.pgscim.applier.policy;

import java.util.Locale;
import java.util.Optional;

/**
 * How people prove to the server who they are. pgscim knows no password: it makes the role what the
 * server's way of authentication needs.
 */
public enum Authentication {
  /** Somebody else sets passwords, or none is asked for. */
  PASSWORD,
  /** Amazon RDS: whoever is a member of {@code rds_iam} logs in with an IAM token only. */
  RDS_IAM("rds_iam"),
  /** Google Cloud SQL: the provider's API makes the roles, named after IAM principals. */
  CLOUDSQL_IAM,
  /** Azure: a function of the server makes the roles. */
  ENTRA,
  /** A role, and a line of {@code pg_ident.conf} where names differ. */
  CERTIFICATE,
  /** A role, and a line of {@code pg_ident.conf} where names differ; PostgreSQL 18. */
  OAUTH;

  private static final String SERVICE_ACCOUNT = ".gserviceaccount.com";

  private final Optional<String> membership;

  Authentication() {
    this.membership = Optional.empty();
  }

  Authentication(String membership) {
    this.membership = Optional.of(membership);
  }

  /** The provider's role that every login role is a member of. */
  public Optional<String> membership() {
    return membership;
  }

  /** What the server calls the role of this name. */
  public String roleName(String name) {
    if (this != CLOUDSQL_IAM) {
      return name;
    }
    String folded = name.toLowerCase(Locale.ROOT);
    return folded.endsWith(SERVICE_ACCOUNT)
        ? folded.substring(0, folded.length() - SERVICE_ACCOUNT.length())
        : folded;
  }

  /** The word of the policy file. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Authentication named(String word) {
    for (Authentication one : values()) {
      if (one.word().equals(word)) {
        return one;
      }
    }
    throw new IllegalArgumentException(
        "'authentication' is password, rds_iam, cloudsql_iam, entra, certificate or oauth, not "
            + word);
  }
}
