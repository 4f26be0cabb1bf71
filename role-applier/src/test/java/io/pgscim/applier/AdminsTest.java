package io.pgscim.applier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AdminsTest {
  @Test
  void whileNobodyHasATokenNobodyDecides() {
    var holds = new HoldsResource(null, new Admins(Map::of));

    var answer = holds.approve("0".repeat(64), new HoldsResource.Given("meant"), null);

    assertThat(answer.getStatus()).isEqualTo(403);
    assertThat(answer.getEntity().toString()).contains("pgscim.admin.token-sha256");
  }
}
