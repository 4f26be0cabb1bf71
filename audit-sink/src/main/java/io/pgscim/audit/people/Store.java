package io.pgscim.audit.people;

import io.pgscim.audit.people.People.Filling;
import io.pgscim.audit.people.People.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.sqlite.SQLiteConfig;

/**
 * One SQLite file that only its owner can read, in which what was deleted is overwritten at once:
 * no write-ahead log, whose old frames would keep it ({@code secure_delete}, {@code
 * journal_mode=TRUNCATE}).
 */
final class Store implements AutoCloseable {
  private final Connection connection;
  private final Path file;

  private Store(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  static Store open(Path file, String... tables) throws IOException {
    Files.createDirectories(file.getParent());
    if (!Files.exists(file)) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    var config = new SQLiteConfig();
    config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
    config.setJournalMode(SQLiteConfig.JournalMode.TRUNCATE);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(5000);
    // By default the driver asks for the key of every row that was inserted, by a query of its own.
    config.setGetGeneratedKeys(false);
    try {
      Connection connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
      var store = new Store(file, connection);
      try (Statement statement = connection.createStatement()) {
        for (String table : tables) {
          statement.execute(table);
        }
      }
      return store;
    } catch (SQLException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /** All rows or none; on disk when this returns. */
  synchronized <T> void batch(String sql, Collection<T> rows, Filling<T> filling)
      throws IOException {
    try {
      connection.setAutoCommit(false);
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        for (T row : rows) {
          filling.fill(statement, row);
          statement.addBatch();
        }
        statement.executeBatch();
        connection.commit();
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  synchronized <T> List<T> ask(String sql, String of, Reading<T> reading) throws IOException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, of);
      var rows = new ArrayList<T>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.add(reading.read(result));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  synchronized int delete(String sql, String of) throws IOException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, of);
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private IOException failed(SQLException e) {
    return new IOException(file + ": " + e.getMessage(), e);
  }

  @Override
  public synchronized void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failed(e);
    }
  }
}
