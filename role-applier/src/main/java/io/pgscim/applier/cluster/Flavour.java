package io.pgscim.applier.cluster;

import java.util.Locale;
import java.util.Optional;

/** Who runs the server, and with it who may set it up for the applier. */
public enum Flavour {
  VANILLA("", "a superuser"),
  RDS("rds_superuser", "a member of rds_superuser"),
  CLOUDSQL("cloudsqlsuperuser", "a member of cloudsqlsuperuser"),
  AZURE("azure_pg_admin", "a member of azure_pg_admin");

  /** The role by which it is told; empty = by none of the others'. */
  final String marker;

  /** Who runs {@code deploy/postgres/applier.sql}. */
  final String administrator;

  Flavour(String marker, String administrator) {
    this.marker = marker;
    this.administrator = administrator;
  }

  /** The flavour that has this role among its own; the plain server where none has. */
  static Flavour markedBy(String role) {
    for (Flavour one : values()) {
      if (!one.marker.isEmpty() && one.marker.equals(role)) {
        return one;
      }
    }
    return VANILLA;
  }

  /**
   * The flavour of the configuration.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static Optional<Flavour> named(Optional<String> word) {
    return word.map(
        text -> {
          try {
            return valueOf(text.toUpperCase(Locale.ROOT));
          } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(
                "pgscim.cluster.flavour is vanilla, rds, cloudsql or azure, not " + text, unknown);
          }
        });
  }
}
