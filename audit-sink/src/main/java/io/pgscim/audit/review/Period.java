package io.pgscim.audit.review;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;

/** The time that is reviewed: from an instant until just before another. */
public record Period(Instant from, Instant until) {

  public Period {
    if (!from.isBefore(until)) {
      throw new IllegalArgumentException("a time that ends before it begins");
    }
  }

  /** A calendar month, UTC. */
  public static Period of(YearMonth month) {
    return new Period(begin(month), begin(month.plusMonths(1)));
  }

  private static Instant begin(YearMonth month) {
    return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  boolean holds(Instant instant) {
    return !instant.isBefore(from) && instant.isBefore(until);
  }
}
