package io.pgscim.applier.cluster;

import io.pgscim.applier.plan.Memberships;
import java.util.Objects;

/**
 * What the login may do.
 *
 * @param superuser everything; otherwise what {@code deploy/postgres/applier.sql} gives
 */
public record Powers(boolean superuser, Memberships memberships) {

  public Powers {
    Objects.requireNonNull(memberships, "memberships");
  }
}
