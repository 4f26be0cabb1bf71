package io.pgscim.audit.people;

import io.pgscim.audit.entry.CanonicalJson;
import io.pgscim.audit.entry.Personal;
import io.pgscim.audit.entry.Sealed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What is personal, sealed, in {@code beside/people.db}; each person's key in a file of its own,
 * {@code private/people.db}, which no copy or backup of the log should hold.
 *
 * <p>Invariants: a key is on disk before anything that it seals, and what is sealed before the
 * entry that names it. A crash between leaves a key or a seal that no entry names, which harms
 * nobody.
 */
public final class People implements AutoCloseable {
  private final Store keys;
  private final Store seals;

  private People(Store keys, Store seals) {
    this.keys = keys;
    this.seals = seals;
  }

  /**
   * Opens what is kept of people beside a log, or begins it.
   *
   * @param folder the log's
   * @param keyFile where the keys are
   * @throws IOException when one of the two files cannot be read or written
   */
  public static People open(Path folder, Path keyFile) throws IOException {
    Store keys =
        Store.open(
            keyFile, "CREATE TABLE IF NOT EXISTS person (id TEXT PRIMARY KEY, key BLOB NOT NULL)");
    try {
      return new People(
          keys,
          Store.open(
              folder.resolve("beside/people.db"),
              "CREATE TABLE IF NOT EXISTS known"
                  + " (person TEXT, event TEXT UNIQUE, sealed BLOB NOT NULL)",
              "CREATE INDEX IF NOT EXISTS known_person ON known (person)"));
    } catch (IOException e) {
      keys.close();
      throw e;
    }
  }

  /**
   * Begins to seal what is personal of those users in one batch of events: asks for all their keys
   * at once. Nothing is kept before it is stored.
   */
  public Sealing sealing(Set<String> users) throws IOException {
    return new Sealing(users, keys(users));
  }

  /**
   * Seals with keys that are there, or are made and written with what they seal. Any number of
   * threads may seal at the same time.
   */
  public final class Sealing implements Sealed.Sealer {
    private final Map<String, PersonKey> used;
    private final Set<String> fresh = new HashSet<>();

    private Sealing(Set<String> users, Map<String, PersonKey> known) {
      used = known;
      for (String user : users) {
        if (!used.containsKey(user)) {
          used.put(user, PersonKey.fresh(user));
          fresh.add(user);
        }
      }
    }

    @Override
    public Sealed seal(UUID event, Personal personal) {
      return used.get(personal.user()).seal(event, personal);
    }

    /** When this returns, what was sealed is on disk, and the keys to it. */
    public void store(List<Sealed> sealed) throws IOException {
      if (sealed.isEmpty()) {
        return;
      }
      Set<String> wanted = sealed.stream().map(Sealed::user).collect(Collectors.toSet());
      wanted.retainAll(fresh);
      if (!wanted.isEmpty()) {
        keys.batch(
            "INSERT INTO person VALUES (?, ?) ON CONFLICT DO NOTHING",
            wanted,
            (statement, user) -> {
              statement.setString(1, user);
              statement.setBytes(2, used.get(user).bytes());
            });
      }
      seals.batch(
          "INSERT INTO known VALUES (?, ?, ?) ON CONFLICT (event) DO UPDATE SET sealed = excluded.sealed",
          sealed,
          (statement, one) -> {
            statement.setString(1, one.user());
            statement.setString(2, one.event().toString());
            statement.setBytes(3, one.bytes());
          });
    }
  }

  /**
   * By what a person is known and was, the latest last; empty for somebody who is unknown or was
   * erased.
   *
   * @throws SealBroken when somebody changed it
   */
  public List<Known> known(String user) throws IOException, SealBroken {
    Optional<PersonKey> key = key(user);
    if (key.isEmpty()) {
      return List.of();
    }
    var known = new ArrayList<Known>();
    for (Sealed sealed : sealed(user)) {
      known.add(
          new Known(sealed.event(), new String(key.get().open(sealed), StandardCharsets.UTF_8)));
    }
    return known;
  }

  /** What is kept of a person as it lies on disk, in the order it came. */
  public List<Sealed> sealed(String user) throws IOException {
    return seals.ask(
        "SELECT event, sealed FROM known WHERE person = ? ORDER BY rowid",
        user,
        row -> new Sealed(user, UUID.fromString(row.getString(1)), row.getBytes(2)));
  }

  /**
   * Forgets a person: first the key, with which everything that it sealed is lost wherever copies
   * of it lie, then what is here of it. When this returns, both are overwritten on disk.
   *
   * @return whether anything was known
   */
  public boolean erase(String user) throws IOException {
    boolean had = keys.delete("DELETE FROM person WHERE id = ?", user) > 0;
    return seals.delete("DELETE FROM known WHERE person = ?", user) > 0 || had;
  }

  private Optional<PersonKey> key(String user) throws IOException {
    return Optional.ofNullable(keys(Set.of(user)).get(user));
  }

  /** The keys of those users who have one. */
  private Map<String, PersonKey> keys(Set<String> users) throws IOException {
    return keys
        .ask(
            "SELECT id, key FROM person WHERE id IN (SELECT value FROM json_each(?))",
            new String(CanonicalJson.write(List.copyOf(users)), StandardCharsets.UTF_8),
            row -> new PersonKey(row.getString(1), row.getBytes(2)))
        .stream()
        .collect(Collectors.toMap(PersonKey::user, key -> key, (one, same) -> one, HashMap::new));
  }

  @Override
  public void close() throws IOException {
    try (keys) {
      seals.close();
    }
  }

  /** Fills a statement's parameters. */
  interface Filling<T> {
    void fill(PreparedStatement statement, T value) throws SQLException;
  }

  /** Reads a row. */
  interface Reading<T> {
    T read(ResultSet row) throws SQLException;
  }
}
