package io.pgscim.applier.policy;

import io.pgscim.applier.sql.Identifier;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Names that pgscim never gives to a role. */
public final class RoleNames {
  private static final List<String> RESERVED = List.of("public", "none");

  /** PostgreSQL's own, pgscim's own, and those of RDS, Cloud SQL and Azure. */
  private static final List<String> RESERVED_PREFIXES =
      List.of("pg_", "pgscim_", "rds", "cloudsql", "azure");

  private RoleNames() {}

  /** Whether the name is one of those that PostgreSQL keeps for the roles it defines itself. */
  public static boolean predefined(String name) {
    return name.startsWith("pg_");
  }

  /** Why no role may have this name; empty when one may. Its length is not looked at. */
  public static Optional<String> reserved(String name) {
    if (name.isBlank()) {
      return Optional.of("the name is empty");
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      return Optional.of("the name holds a control character");
    }
    if (loneSurrogate(name)) {
      return Optional.of("the name is not valid Unicode");
    }
    String folded = name.toLowerCase(Locale.ROOT);
    if (RESERVED.contains(folded)) {
      return Optional.of("'" + name + "' is reserved by PostgreSQL");
    }
    return RESERVED_PREFIXES.stream()
        .filter(folded::startsWith)
        .findFirst()
        .map(prefix -> "names that begin with '" + prefix + "' are reserved");
  }

  /** Why no role may have exactly this name; empty when one may. */
  public static Optional<String> refusal(String name) {
    return reserved(name)
        .or(
            () ->
                Identifier.bytes(name) > Identifier.MAX_BYTES
                    ? Optional.of("the name is longer than " + Identifier.MAX_BYTES + " bytes")
                    : Optional.empty());
  }

  /** Half a character: it has no UTF-8, and two different ones would become the same name. */
  private static boolean loneSurrogate(String name) {
    return name.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}
