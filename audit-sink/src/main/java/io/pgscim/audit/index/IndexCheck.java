package io.pgscim.audit.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Compares an index with the entries that it was made from, reading both once. Of each run of
 * entries it keeps a sum over a keyed mix of everything that the index should hold; the key is new
 * each time, so nobody can change the index in a way that leaves the sums as they are.
 */
public final class IndexCheck implements AutoCloseable {
  /** So many entries share a sum, and are named together when it is wrong. */
  public static final int RUN = 256;

  private final Connection connection;
  private final long size;
  private final long[] wanted;
  private final long[] found;
  private final long key = new SecureRandom().nextLong();

  private IndexCheck(Connection connection) throws SQLException {
    this.connection = connection;
    this.size = IndexFile.number(connection, "SELECT size FROM log");
    int runs = Math.toIntExact(size / RUN + 1);
    this.wanted = new long[runs];
    this.found = new long[runs];
  }

  /**
   * Opens the index of a log for reading.
   *
   * @param folder the log's
   * @throws IOException when there is none, or it is damaged
   */
  public static IndexCheck open(Path folder) throws IOException {
    Path file = folder.resolve("index/entries.sqlite");
    if (!Files.isRegularFile(file)) {
      throw new IOException("index/entries.sqlite is missing");
    }
    try {
      Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
      try {
        return new IndexCheck(connection);
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw damaged(e);
    }
  }

  /** How many entries it knows. */
  public long size() {
    return size;
  }

  /** Told of every entry of the log; those that it does not know yet do not matter. */
  public void entry(long index, byte[] entry) throws IOException {
    if (index >= size) {
      return;
    }
    int run = (int) (index / RUN);
    // A term stands in the index once, however often it stands in the entry.
    Set<Long> terms = new HashSet<>();
    long logged = Facts.read(entry, terms::add);
    terms.forEach(term -> wanted[run] += mix(term, index));
    wanted[run] += mix(-1 - logged, index);
  }

  /**
   * Reads the whole index.
   *
   * @param from the first entry that it was told of, a multiple of {@link #RUN}
   * @param until the index behind the last
   * @return the first entry of a run of which it holds something else; empty when all is well
   */
  public OptionalLong firstWrong(long from, long until) throws IOException {
    try (Statement statement = connection.createStatement()) {
      try (ResultSet row = statement.executeQuery("SELECT term, idx FROM posting")) {
        while (row.next()) {
          add(row.getLong(1), row.getLong(2));
        }
      }
      try (ResultSet row = statement.executeQuery("SELECT logged, idx FROM entry")) {
        while (row.next()) {
          add(-1 - row.getLong(1), row.getLong(2));
        }
      }
    } catch (SQLException e) {
      throw damaged(e);
    }
    long whole = Math.min(until, size);
    for (int run = (int) (from / RUN); run < wanted.length && (long) run * RUN < whole; run++) {
      // Of a run that goes on behind what was told nothing can be said.
      boolean told = Math.min(size, (run + 1L) * RUN) <= whole;
      if (told && wanted[run] != found[run]) {
        return OptionalLong.of((long) run * RUN);
      }
    }
    return OptionalLong.empty();
  }

  /** What stands beyond the size counts for the last run, which it makes wrong. */
  private void add(long what, long index) {
    int run = (int) Math.clamp(index / RUN, 0, found.length - 1);
    found[run] += mix(what, index);
  }

  private long mix(long what, long index) {
    long mixed = (what ^ key) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ mixed >>> 29 ^ index) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 32 ^ Long.rotateLeft(key, 17)) * 0x94D049BB133111EBL;
    return mixed ^ mixed >>> 31;
  }

  private static IOException damaged(SQLException e) {
    return new IOException("index/entries.sqlite cannot be read: " + e.getMessage(), e);
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw damaged(e);
    }
  }
}
