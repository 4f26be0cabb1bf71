package io.pgscim.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BearerTokensTest {
  /** SHA-256 of {@code a-token}, by sha256sum. */
  private static final String A =
      "1f6076e3a47ba1ded08025ffe06e57af217c14f9407f33fba50f99b1c7019387";

  /** SHA-256 of {@code b-token}. */
  private static final String B =
      "c033d6825ce303906a2a8cfc0f933e8380fefc8e039ef2bd3dabb97b1a27c875";

  @Test
  void namesWhoHoldsTheToken() {
    var tokens = new BearerTokens("tokens", Map.of("alice", A, "bob", B.toUpperCase(Locale.ROOT)));

    assertThat(tokens.none()).isFalse();
    assertThat(tokens.named("Bearer a-token")).contains("alice");
    assertThat(tokens.named("bearer b-token")).contains("bob");
    assertThat(tokens.named("Bearer c-token")).isEmpty();
    assertThat(tokens.named("Bearer " + A)).isEmpty();
    assertThat(tokens.named("Basic a-token")).isEmpty();
    assertThat(tokens.named(null)).isEmpty();
  }

  @Test
  void aTokenItselfIsNoHash() {
    assertThatThrownBy(() -> new BearerTokens("tokens", Map.of("alice", "a-token")))
        .hasMessageContaining("tokens.alice")
        .hasMessageNotContaining("a-token");
  }
}
