package io.pgscim.applier.policy;

import java.util.Optional;
import java.util.Set;

/** Reads {@code limits}. */
final class LimitsReader {
  private final Problems problems;

  LimitsReader(Problems problems) {
    this.problems = problems;
  }

  Limits read(YamlMap file) {
    Optional<YamlMap> section = file.map("limits");
    if (section.isEmpty()) {
      return Limits.NONE;
    }
    YamlMap limits = section.get();
    Set<String> neverGive =
        limits.has("never_give") ? Set.copyOf(limits.texts("never_give")) : Limits.ABOVE_ALL;
    Optional<YamlMap> revoke = limits.map("revoke_at_most");
    int share = revoke.map(this::share).orElse(Limits.NONE.revokeShare());
    int atLeast = revoke.map(this::atLeast).orElse(Limits.NONE.revokeAtLeast());
    revoke.ifPresent(YamlMap::end);
    limits.end();
    return new Limits(share, atLeast, neverGive);
  }

  private int share(YamlMap revoke) {
    Integer share =
        problems.checked(
            revoke.get("share").orElse(revoke.node()),
            revoke.text("share").orElse("100%"),
            text -> {
              if (!text.matches("(100|[0-9]{1,2})%")) {
                throw new IllegalArgumentException("'share' is 0% to 100%, not " + text);
              }
              return Integer.valueOf(text.substring(0, text.length() - 1));
            });
    return share == null ? 100 : share;
  }

  private int atLeast(YamlMap revoke) {
    Integer number =
        problems.checked(
            revoke.get("but_at_least").orElse(revoke.node()),
            revoke.text("but_at_least").orElse("0"),
            text -> {
              if (!text.matches("[0-9]{1,9}")) {
                throw new IllegalArgumentException("'but_at_least' is a number, not " + text);
              }
              return Integer.valueOf(text);
            });
    return number == null ? 0 : number;
  }
}
