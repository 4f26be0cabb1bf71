package io.pgscim.audit.read;

import io.pgscim.audit.append.AuditLog;

/** Where a reader goes on. */
final class After {
  private After() {}

  /**
   * The index behind which to read: whoever has read nothing yet begins with the first entry that
   * is kept.
   *
   * @param after the last entry that was read; -1 for none
   * @throws jakarta.ws.rs.WebApplicationException gone, when entries behind it were pruned: they
   *     would be missing without a word
   */
  static long kept(AuditLog log, long after) {
    long first = log.first();
    if (after >= 0 && after + 1 < first) {
      throw Problem.gone(
          "%s; those that are here follow after=%d"
              .formatted(log.pruned().orElseThrow().refusal(after + 1).getMessage(), first - 1));
    }
    return Math.max(after, first - 1);
  }
}
