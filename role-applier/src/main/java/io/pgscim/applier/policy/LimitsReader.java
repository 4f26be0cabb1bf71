package io.pgscim.applier.policy;

import java.time.Duration;
import java.util.Locale;
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
    Duration within = revoke.map(this::within).orElse(Limits.NONE.within());
    revoke.ifPresent(YamlMap::end);
    limits.end();
    return new Limits(share, atLeast, within, neverGive);
  }

  private int share(YamlMap revoke) {
    Integer share =
        problems.checked(
            revoke.get("share").orElse(revoke.node()),
            revoke.requiredText("share", "20%").orElse("100%"),
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

  private Duration within(YamlMap revoke) {
    Duration time =
        problems.checked(
            revoke.get("within").orElse(revoke.node()),
            revoke.text("within").orElse("1h"),
            text -> {
              if (!text.matches("[1-9][0-9]{0,4}[smhd]")) {
                throw new IllegalArgumentException(
                    "'within' is a time such as 1h or 30m, not " + text);
              }
              String number = text.substring(0, text.length() - 1);
              return text.endsWith("d")
                  ? Duration.ofDays(Long.parseLong(number))
                  : Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
            });
    return time == null ? Limits.NONE.within() : time;
  }
}
