package io.pgscim.audit.people;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgscim.audit.entry.Personal;
import io.pgscim.audit.entry.Sealed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeopleIT {
  @TempDir Path folder;
  private People people;

  @BeforeEach
  void open() throws IOException {
    people = People.open(folder, folder.resolve("private/people.db"));
  }

  @AfterEach
  void close() throws IOException {
    people.close();
  }

  @Test
  void tellsByWhatSomebodyIsAndWasKnownAlsoAfterARestart() throws Exception {
    keep("u1", "ada");
    keep("u1", "ada lovelace");
    keep("u2", "grace");

    people.close();
    people = People.open(folder, folder.resolve("private/people.db"));

    assertThat(people.known("u1")).extracting(Known::json).containsExactly("ada", "ada lovelace");
    assertThat(people.known("u2")).extracting(Known::json).containsExactly("grace");
    assertThat(people.known("nobody")).isEmpty();
  }

  @Test
  void nothingThatIsErasedIsLeftInAnyFile() throws Exception {
    Sealed kept = keep("u1", "ada lovelace");
    byte[] key = key("u1");
    keep("u2", "grace");
    assertThat(found(key)).as("the key lies in private/ before").isEqualTo(1);
    assertThat(found(kept.bytes())).isEqualTo(1);

    assertThat(people.erase("u1")).isTrue();

    assertThat(found(key)).isZero();
    assertThat(found(kept.bytes())).isZero();
    assertThat(people.known("u1")).isEmpty();
    assertThat(people.known("u2")).isNotEmpty();
    assertThat(people.erase("u1")).as("again").isFalse();
  }

  @Test
  void aCopyOfWhatWasSealedIsOfNoUseOnceTheKeyIsGone() throws Exception {
    Sealed copy = keep("u1", "ada");
    people.erase("u1");
    people.sealing(Set.of()).store(List.of(copy)); // a backup is brought back

    assertThat(people.sealed("u1")).hasSize(1);
    assertThat(people.known("u1")).isEmpty();
  }

  @Test
  void whoIsErasedAndComesBackHasAnotherKey() throws Exception {
    Sealed before = keep("u1", "ada");
    people.erase("u1");
    keep("u1", "ada again");
    people.sealing(Set.of()).store(List.of(before));

    assertThatThrownBy(() -> people.known("u1"))
        .isInstanceOf(SealBroken.class)
        .hasMessageContaining(before.event().toString());
  }

  @Test
  void whatIsExchangedBetweenTwoEventsIsNoticed() throws Exception {
    Sealed first = keep("u1", "ada");
    Sealed second = keep("u1", "not ada");
    people.sealing(Set.of()).store(List.of(new Sealed("u1", second.event(), first.bytes())));

    assertThatThrownBy(() -> people.known("u1")).isInstanceOf(SealBroken.class);
  }

  @Test
  void nothingIsKeptBeforeItIsStored() throws Exception {
    people.sealing(Set.of("u1")).seal(UUID.randomUUID(), personal("u1", "ada"));

    assertThat(people.known("u1")).isEmpty();
    assertThat(people.erase("u1")).isFalse();
  }

  @Test
  void onlyTheOwnerCanReadTheFiles() throws Exception {
    for (String file : List.of("private/people.db", "beside/people.db")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))))
          .isEqualTo("rw-------");
    }
  }

  private Sealed keep(String user, String what) throws IOException {
    People.Sealing sealing = people.sealing(Set.of(user));
    Sealed sealed = sealing.seal(UUID.randomUUID(), personal(user, what));
    sealing.store(List.of(sealed));
    return sealed;
  }

  private static Personal personal(String user, String what) {
    return new Personal(user, what.getBytes(UTF_8));
  }

  private byte[] key(String user) throws Exception {
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("private/people.db"));
        var rows =
            connection
                .createStatement()
                .executeQuery("SELECT key FROM person WHERE id = '" + user + "'")) {
      return rows.getBytes(1);
    }
  }

  /** In how many files of the folder the bytes stand. */
  private long found(byte[] bytes) throws IOException {
    String wanted = new String(bytes, ISO_8859_1);
    try (Stream<Path> files = Files.walk(folder)) {
      long found = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.readString(file, ISO_8859_1).contains(wanted)) {
          found++;
        }
      }
      return found;
    }
  }
}
