package io.pgscim.audit.index;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.sqlite.SQLiteConfig;

/**
 * The index as one SQLite file. One thread adds; any number look things up beside it.
 *
 * <p>Nothing here needs to be durable, only consistent: what a crash takes away is read from the
 * log again.
 */
final class IndexFile implements AutoCloseable {
  /** Another form of the tables has another number, and is made anew. */
  private static final int FORM = 2;

  private static final int READERS = 4;

  private static final List<String> SETTINGS =
      List.of(
          "PRAGMA journal_mode = WAL",
          "PRAGMA synchronous = NORMAL",
          "PRAGMA cache_size = -2048",
          "PRAGMA wal_autocheckpoint = 8192");

  /** Whoever adds goes through all terms again and again; who asks needs the way to a few rows. */
  private static final String CACHE_OF_WRITER = "PRAGMA cache_size = -16384";

  /**
   * {@code high} is the latest {@code logged} up to this entry: it only rises, so it can be
   * searched. A clock that was set back makes {@code logged} fall behind it by at most {@code
   * setback}.
   */
  private static final List<String> TABLES =
      List.of(
          "CREATE TABLE IF NOT EXISTS entry"
              + " (idx INTEGER PRIMARY KEY, logged INTEGER NOT NULL, high INTEGER NOT NULL)",
          "CREATE TABLE IF NOT EXISTS posting"
              + " (term INTEGER, idx INTEGER, PRIMARY KEY (term, idx)) WITHOUT ROWID",
          "CREATE TABLE IF NOT EXISTS log (size INTEGER NOT NULL, last BLOB, high INTEGER NOT NULL,"
              + " setback INTEGER NOT NULL)",
          "INSERT INTO log SELECT 0, NULL, 0, 0 WHERE NOT EXISTS (SELECT 1 FROM log)",
          "PRAGMA user_version = " + FORM);

  /** Numbers come as one JSON array: a call per row would cost more than its insertion. */
  private static final String ADD_ENTRIES =
      "INSERT INTO entry SELECT ?1 + key, value, max(?2, max(value) OVER (ORDER BY key))"
          + " FROM json_each(?3)";

  private static final String ADD_POSTINGS =
      "INSERT OR IGNORE INTO posting SELECT value >> 16, ?1 + (value & 65535) FROM json_each(?2)";

  private final Path file;
  private final Connection writer;
  private final Connection events;
  private final Semaphore reading = new Semaphore(READERS);
  private final Queue<Connection> idle = new ConcurrentLinkedQueue<>();
  private final PreparedStatement findEvents;
  private final EventFilter filter = new EventFilter();
  private byte[] last;
  private long high;
  private long setback;
  private volatile long size;
  private volatile boolean closed;

  private IndexFile(Path file) throws SQLException {
    this.file = file;
    writer = connect(file);
    execute(writer, CACHE_OF_WRITER);
    int form = (int) number(writer, "PRAGMA user_version");
    if (form != 0 && form != FORM) {
      throw new SQLException("the index has form " + form + ", not " + FORM);
    }
    for (String table : TABLES) {
      execute(writer, table);
    }
    writer.setAutoCommit(false);
    events = connect(file);
    findEvents =
        events.prepareStatement(
            "SELECT term, idx FROM posting WHERE term IN (SELECT value FROM json_each(?))");
    fill();
    progress();
  }

  /** The filter is of what was committed; what is added from here on goes through here. */
  private void fill() throws SQLException {
    try (PreparedStatement all =
        events.prepareStatement("SELECT term FROM posting WHERE term >= " + Terms.EVENTS)) {
      try (ResultSet row = all.executeQuery()) {
        while (row.next()) {
          filter.add(row.getLong(1));
        }
      }
    }
  }

  /**
   * Opens the file, or makes it.
   *
   * @throws SQLException when it cannot be, or is no index of this form
   */
  static IndexFile open(Path file) throws SQLException {
    return new IndexFile(file);
  }

  private static Connection connect(Path file) throws SQLException {
    var config = new SQLiteConfig();
    // By default the driver asks for the key of every row that was inserted, by a query of its own.
    config.setGetGeneratedKeys(false);
    Connection connection = config.createConnection("jdbc:sqlite:" + file);
    for (String setting : SETTINGS) {
      execute(connection, setting);
    }
    return connection;
  }

  private void progress() throws SQLException {
    try (Statement statement = writer.createStatement();
        ResultSet row = statement.executeQuery("SELECT size, last, high, setback FROM log")) {
      row.next();
      last = row.getBytes(2);
      high = row.getLong(3);
      setback = row.getLong(4);
      size = row.getLong(1);
    }
    writer.rollback();
  }

  /** Whether the database itself finds no damage; reads all of it. */
  boolean isSound() throws SQLException {
    try (Statement statement = events.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA quick_check(1)")) {
      return row.next() && row.getString(1).equals("ok");
    }
  }

  /** It knows the entries below. */
  long size() {
    return size;
  }

  /** SHA-256 of the last entry that it knows; null when it knows none. */
  byte[] last() {
    return last;
  }

  /** Of an index without entries: those below are not in it, and never will be. */
  void beginAt(long first) throws SQLException {
    execute(writer, "UPDATE log SET size = " + first);
    writer.commit();
    size = first;
  }

  /** Adds entries behind those that are there, all or none. */
  void add(Batch batch) throws SQLException {
    if (batch.first() != size) {
      throw new IllegalStateException("entry " + size + " comes next, not " + batch.first());
    }
    long highest = batch.highest(high);
    long furthest = Math.max(setback, batch.furthestBack(high));
    try (var entry = writer.prepareStatement(ADD_ENTRIES);
        var posting = writer.prepareStatement(ADD_POSTINGS);
        var log =
            writer.prepareStatement("UPDATE log SET size = ?, last = ?, high = ?, setback = ?")) {
      entry.setLong(1, batch.first());
      entry.setLong(2, high);
      entry.setString(3, batch.logged());
      entry.executeUpdate();
      posting.setLong(1, batch.first());
      batch.postings(
          some -> {
            posting.setString(2, some);
            posting.executeUpdate();
          });
      log.setLong(1, batch.next());
      log.setBytes(2, batch.lastDigest());
      log.setLong(3, highest);
      log.setLong(4, furthest);
      log.executeUpdate();
      writer.commit();
    } catch (SQLException e) {
      writer.rollback();
      throw e;
    }
    batch.events(filter::add);
    last = batch.lastDigest();
    high = highest;
    setback = furthest;
    size = batch.next();
  }

  /** Where the entries of events may be. */
  Map<UUID, List<Long>> find(Collection<UUID> wanted) throws SQLException {
    Map<Long, UUID> terms = new HashMap<>();
    for (UUID event : wanted) {
      long term = Terms.of("event", event.toString());
      if (filter.mayHold(term)) {
        terms.put(term, event);
      }
    }
    Map<UUID, List<Long>> found = new HashMap<>();
    if (terms.isEmpty()) {
      return found;
    }
    synchronized (findEvents) {
      findEvents.setString(
          1,
          terms.keySet().stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]")));
      try (ResultSet row = findEvents.executeQuery()) {
        while (row.next()) {
          found
              .computeIfAbsent(terms.get(row.getLong(1)), event -> new ArrayList<>())
              .add(row.getLong(2));
        }
      }
    }
    return found;
  }

  /** The indexes of the entries that the lookup may mean, in its order. */
  List<Long> find(Lookup lookup) throws SQLException, InterruptedException {
    reading.acquire();
    try {
      if (closed) {
        throw new SQLException("the index is being made anew");
      }
      Connection reader = idle.poll();
      if (reader == null) {
        reader = connect(file);
      }
      List<Long> found = Query.run(reader, lookup);
      idle.add(reader);
      return found;
    } finally {
      reading.release();
    }
  }

  static long number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  private static void execute(Connection connection, String statement) throws SQLException {
    try (Statement one = connection.createStatement()) {
      one.execute(statement);
    }
  }

  @Override
  public void close() throws SQLException {
    synchronized (findEvents) {
      events.close();
    }
    reading.acquireUninterruptibly(READERS);
    closed = true;
    reading.release(READERS);
    for (Connection reader : idle) {
      reader.close();
    }
    writer.close();
  }
}
