package io.pgscim.applier.drift;

import io.pgscim.applier.cluster.Session;
import io.pgscim.applier.cluster.Transaction;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.util.Optional;

/** The reports that the cluster keeps, and from when the time until the next one is counted. */
public final class DriftReports {
  /** Older ones stand as events in the log, by their digests. */
  private static final int KEPT = 12;

  private DriftReports() {}

  /** The last report. */
  public static Optional<DriftReport> latest(Session home) {
    for (Row row : home.ask("SELECT content FROM pgscim.drift_report ORDER BY id DESC LIMIT 1")) {
      return Optional.of(DriftReport.read(row.getString("content")));
    }
    return Optional.empty();
  }

  /** When the last comparison ended, or, before the first, when pgscim was installed. */
  static Instant countedFrom(Session home) {
    return home.ask("SELECT counted_from FROM pgscim.drift_clock")
        .iterator()
        .next()
        .getOffsetDateTime("counted_from")
        .toInstant();
  }

  /** Keeps a report, and counts anew. */
  static void keep(Transaction transaction, DriftReport report) {
    transaction.send(
        "INSERT INTO pgscim.drift_report (txn, digest, content) VALUES ($1, $2, $3)",
        Tuple.of(report.txn(), report.digest(), report.json()));
    transaction.send(
        "DELETE FROM pgscim.drift_report WHERE id NOT IN"
            + " (SELECT id FROM pgscim.drift_report ORDER BY id DESC LIMIT "
            + KEPT
            + "); UPDATE pgscim.drift_clock SET counted_from = now()");
  }
}
