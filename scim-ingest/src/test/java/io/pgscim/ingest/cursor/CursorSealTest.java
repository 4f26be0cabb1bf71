package io.pgscim.ingest.cursor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgscim.ingest.directory.Query.Position;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.ScimType;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** RFC 9865 §2, §2.1 and §5.2: what cursors are made of. */
class CursorSealTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final List<String> QUERY = Arrays.asList("default", "User", null, "userName");
  private static final Cursor CURSOR =
      new Cursor(
          new Position("Zoë", UUID.fromString("01900000-0000-7000-8000-000000000001")),
          true,
          25,
          1_000_000,
          NOW.plusSeconds(60));

  private final CursorSeal seal = seal(1, NOW);

  private static CursorSeal seal(int key, Instant now) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) key);
    return new CursorSeal(bytes, Clock.fixed(now, ZoneOffset.UTC));
  }

  @Test
  void comesBackAsItWasWithAndWithoutAValue() {
    Cursor bare =
        new Cursor(new Position(null, CURSOR.position().id()), false, 0, 7, CURSOR.expires());

    assertThat(seal.open(seal.seal(CURSOR, QUERY), QUERY)).isEqualTo(CURSOR);
    assertThat(seal.open(seal.seal(bare, QUERY), QUERY)).isEqualTo(bare);
  }

  @Test
  void hasOnlyUnreservedCharactersAndTellsNothing() { // §2, §5.2
    String text = seal.seal(CURSOR, QUERY);

    assertThat(text).matches("[A-Za-z0-9._~-]+").isNotEqualTo(seal.seal(CURSOR, QUERY));
    assertThat(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8))
        .doesNotContain("Zoë");
  }

  @Test
  void belongsToItsQueryAndItsDirectory() {
    String text = seal.seal(CURSOR, QUERY);

    assertInvalid(() -> seal.open(text, List.of("other", "User", "", "userName")));
    assertInvalid(() -> seal.open(text, List.of("default", "User", "", "userName")));
    assertInvalid(() -> seal.open(text, Arrays.asList("default", "User", null, "userNam")));
    assertInvalid(() -> seal(2, NOW).open(text, QUERY));
  }

  @Test
  void isInvalidWithAnyBitChanged() {
    byte[] bytes = Base64.getUrlDecoder().decode(seal.seal(CURSOR, QUERY));
    for (int i = 0; i < bytes.length * 8; i++) {
      byte[] changed = bytes.clone();
      changed[i / 8] ^= (byte) (1 << i % 8);
      String text = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
      assertInvalid(() -> seal.open(text, QUERY));
    }
    for (String text : List.of("x", "§", "AAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAA")) {
      assertInvalid(() -> seal.open(text, QUERY));
    }
  }

  @Test
  void expires() { // §2.1
    String text = seal.seal(CURSOR, QUERY);

    assertThat(seal(1, NOW.plusSeconds(59)).open(text, QUERY)).isEqualTo(CURSOR);
    assertError(ScimType.EXPIRED_CURSOR, () -> seal(1, NOW.plusSeconds(60)).open(text, QUERY));
  }

  private static void assertInvalid(ThrowingCallable open) {
    assertError(ScimType.INVALID_CURSOR, open);
  }

  private static void assertError(ScimType type, ThrowingCallable open) {
    assertThatThrownBy(open)
        .isInstanceOfSatisfying(
            ScimException.class, error -> assertThat(error.type()).isEqualTo(type));
  }
}
