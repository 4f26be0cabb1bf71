package io.pgscim.applier.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class IdentifierTest {

  @Test
  void quotesWhateverItHolds() {
    assertThat(Identifier.quoted("ada")).isEqualTo("\"ada\"");
    assertThat(Identifier.quoted("\"; DROP ROLE postgres; --"))
        .isEqualTo("\"\"\"; DROP ROLE postgres; --\"");
    assertThat(Identifier.quoted("sales", "or\"ders")).isEqualTo("\"sales\".\"or\"\"ders\"");
  }

  @Test
  void refusesWhatPostgresWouldCutOrMisread() {
    assertThat(Identifier.quoted("é".repeat(31))).hasSize(33);
    assertThatThrownBy(() -> new Identifier("é".repeat(32))).hasMessageContaining("63 bytes");
    assertThatThrownBy(() -> new Identifier("")).hasMessageContaining("empty");
    assertThatThrownBy(() -> new Identifier("a\0b")).hasMessageContaining("U+0000");
    assertThatThrownBy(() -> new Identifier(null)).hasMessageContaining("empty");
  }

  @Test
  void literalsKeepQuotesAndBackslashes() {
    assertThat(Literal.quoted("it's")).isEqualTo("'it''s'");
    assertThat(Literal.quoted("\\'; DROP ROLE x; --")).isEqualTo(" E'\\\\''; DROP ROLE x; --'");
    assertThatThrownBy(() -> Literal.quoted("\0")).isInstanceOf(IllegalArgumentException.class);
  }
}
