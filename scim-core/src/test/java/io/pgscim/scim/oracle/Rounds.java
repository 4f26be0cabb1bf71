package io.pgscim.scim.oracle;

/**
 * How long random tests look, and where they begin: {@code -Dpgscim.rounds}, {@code -Dpgscim.seed}.
 */
public final class Rounds {
  private Rounds() {}

  /** As many as are asked for, or these. */
  public static long of(long usual) {
    return Long.getLong("pgscim.rounds", usual);
  }

  /** Half of the million inputs that CI fuzzes with; fewer for a build between two thoughts. */
  public static long fuzz() {
    return of(System.getenv("CI") == null ? 50_000 : 500_000);
  }

  /** Whether nobody asked for others; other rounds may miss what is rare. */
  static boolean usual() {
    return Long.getLong("pgscim.rounds") == null && Long.getLong("pgscim.seed") == null;
  }

  public static long seed() {
    return Long.getLong("pgscim.seed", 10_000);
  }
}
