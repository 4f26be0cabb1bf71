package io.pgscim.audit.index;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Answers one lookup: walks the entries of its rarest term and asks for each about the others. */
final class Query {
  /** A term with so many entries is frequent, however many more it has. */
  private static final int FREQUENT = 1000;

  private final Connection connection;
  private final Lookup lookup;

  private Query(Connection connection, Lookup lookup) {
    this.connection = connection;
    this.lookup = lookup;
  }

  static List<Long> run(Connection connection, Lookup lookup) throws SQLException {
    return new Query(connection, lookup).run();
  }

  private List<Long> run() throws SQLException {
    List<Long> terms = rarestFirst();
    var sql = new StringBuilder("SELECT a.idx FROM ");
    sql.append(terms.isEmpty() ? "entry a" : "posting a");
    for (int i = 1; i < terms.size(); i++) {
      sql.append(" CROSS JOIN posting t").append(i);
    }
    if (timed()) {
      sql.append(" CROSS JOIN entry e");
    }
    sql.append(" WHERE a.idx BETWEEN ? AND ?");
    sql.append(terms.isEmpty() ? "" : " AND a.term = ?");
    for (int i = 1; i < terms.size(); i++) {
      sql.append(" AND t%d.term = ? AND t%d.idx = a.idx".formatted(i, i));
    }
    if (timed()) {
      sql.append(" AND e.idx = a.idx AND e.logged >= ? AND e.logged < ?");
    }
    sql.append(lookup.newestFirst() ? " ORDER BY a.idx DESC" : " ORDER BY a.idx")
        .append(" LIMIT ?");
    try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
      int at = 1;
      statement.setLong(at++, Math.max(behind(), notBefore()));
      statement.setLong(at++, Math.min(upTo(), notAfter()));
      for (long term : terms) {
        statement.setLong(at++, term);
      }
      if (timed()) {
        statement.setLong(at++, from());
        statement.setLong(at++, before());
      }
      statement.setInt(at, lookup.limit());
      return indexes(statement);
    }
  }

  private List<Long> rarestFirst() throws SQLException {
    record Counted(long term, long count) {}
    List<Counted> counted = new ArrayList<>();
    try (PreparedStatement count =
        connection.prepareStatement(
            "SELECT count(*) FROM (SELECT 1 FROM posting WHERE term = ? LIMIT " + FREQUENT + ")")) {
      for (var field : lookup.fields().entrySet()) {
        long term = Terms.of(field.getKey(), field.getValue());
        count.setLong(1, term);
        try (ResultSet row = count.executeQuery()) {
          row.next();
          counted.add(new Counted(term, row.getLong(1)));
        }
      }
    }
    return counted.stream()
        .sorted(Comparator.comparingLong(Counted::count))
        .map(Counted::term)
        .toList();
  }

  private boolean timed() {
    return lookup.from() != null || lookup.before() != null;
  }

  private long from() {
    return lookup.from() == null ? Long.MIN_VALUE : lookup.from().toEpochMilli();
  }

  private long before() {
    return lookup.before() == null ? Long.MAX_VALUE : lookup.before().toEpochMilli();
  }

  private long behind() {
    return lookup.beyond() == null || lookup.newestFirst() ? 0 : lookup.beyond() + 1;
  }

  private long upTo() {
    return lookup.beyond() == null || !lookup.newestFirst() ? Long.MAX_VALUE : lookup.beyond() - 1;
  }

  /** No entry before this one was logged at {@code from} or later. */
  private long notBefore() throws SQLException {
    return lookup.from() == null ? 0 : firstAsHighAs(from());
  }

  /** No entry behind this one was logged earlier than {@code before}, however the clock was set. */
  private long notAfter() throws SQLException {
    return lookup.before() == null
        ? Long.MAX_VALUE
        : firstAsHighAs(before() + IndexFile.number(connection, "SELECT setback FROM log"));
  }

  /** The first entry at which the log's time had come so far; the size when none is. */
  private long firstAsHighAs(long millis) throws SQLException {
    long low = 0;
    long high = IndexFile.number(connection, "SELECT size FROM log");
    try (PreparedStatement at =
        connection.prepareStatement("SELECT high FROM entry WHERE idx = ?")) {
      while (low < high) {
        long middle = (low + high) >>> 1;
        at.setLong(1, middle);
        try (ResultSet row = at.executeQuery()) {
          if (row.next() && row.getLong(1) < millis) {
            low = middle + 1;
          } else {
            high = middle;
          }
        }
      }
    }
    return low;
  }

  private static List<Long> indexes(PreparedStatement statement) throws SQLException {
    List<Long> indexes = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        indexes.add(row.getLong(1));
      }
    }
    return indexes;
  }
}
