package io.pgscim.applier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgscim.applier.digest.Sha256;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdminsTest {
  @Test
  void namesWhoHoldsTheToken() {
    var admins =
        new Admins(
            () ->
                Map.of(
                    "alice",
                    Sha256.of("a-token"),
                    "bob",
                    Sha256.of("b-token").toUpperCase(java.util.Locale.ROOT)));

    assertThat(admins.none()).isFalse();
    assertThat(admins.named("Bearer a-token")).contains("alice");
    assertThat(admins.named("bearer b-token")).contains("bob");
    assertThat(admins.named("Bearer c-token")).isEmpty();
    assertThat(admins.named("Bearer " + Sha256.of("a-token"))).isEmpty();
    assertThat(admins.named("Basic a-token")).isEmpty();
    assertThat(admins.named(null)).isEmpty();
  }

  @Test
  void aTokenItselfIsNoHash() {
    assertThatThrownBy(() -> new Admins(() -> Map.of("alice", "a-token")))
        .hasMessageContaining("pgscim.admin.token-sha256.alice")
        .hasMessageNotContaining("a-token");
  }

  @Test
  void whileNobodyHasATokenNobodyDecides() {
    var holds = new HoldsResource(null, new Admins(Map::of));

    var answer = holds.approve("0".repeat(64), new HoldsResource.Given("meant"), null);

    assertThat(answer.getStatus()).isEqualTo(403);
    assertThat(answer.getEntity().toString()).contains("pgscim.admin.token-sha256");
  }
}
