package io.pgscim.audit.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {

  @Test
  void sortsByUtf16UnitAsRfc8785Shows() {
    // The names of RFC 8785 section 3.2.3, whose order differs from that of code points.
    Map<String, Object> names =
        Map.of(
            "\u20ac", "Euro Sign",
            "\r", "Carriage Return",
            "\ufb33", "Hebrew Letter Dalet With Dagesh",
            "1", "One",
            "\ud83d\ude00", "Emoji: Grinning Face",
            "\u0080", "Control",
            "\u00f6", "Latin Small Letter O With Diaeresis");

    assertThat(text(names))
        .containsSubsequence(
            "Carriage Return", "One", "Control", "Latin Small", "Euro Sign", "Emoji", "Hebrew");
  }

  @Test
  void escapesOnlyWhatMustBe() {
    assertThat(text("\u20ac$\u000f\nA'B\"\\\\\"/\u007f"))
        .isEqualTo("\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\u007f\"");
  }

  @Test
  void hasNoSpaceAndNoChoice() {
    assertThat(text(Map.of("b", List.of(1, true, "x"), "a", Map.of())))
        .isEqualTo("{\"a\":{},\"b\":[1,true,\"x\"]}");
  }

  @Test
  void halfASurrogatePairBecomesTheReplacementCharacter() {
    assertThat(text("a\ud83d")).isEqualTo("\"a\ufffd\"");
    assertThat(text("\ude00a")).isEqualTo("\"\ufffda\"");
    assertThat(text("\ud83d\ude00")).isEqualTo("\"\ud83d\ude00\"");
  }

  @Test
  void anIntegerThatADoubleCannotHoldIsAString() {
    assertThat(text(1L << 53)).isEqualTo("9007199254740992");
    assertThat(text((1L << 53) + 1)).isEqualTo("\"9007199254740993\"");
    assertThat(text(Long.MIN_VALUE)).isEqualTo("\"-9223372036854775808\"");
  }

  @Test
  void fieldByFieldGivesTheSameBytesAndLeavesOutWhatIsAbsent() {
    byte[] written =
        CanonicalJson.object(
            fields -> {
              fields.object("a", none -> {});
              fields.field("b", null);
              fields.object("c", inner -> inner.field("d", 1));
              fields.field("e", "x");
            });

    assertThat(written)
        .isEqualTo(CanonicalJson.write(Map.of("e", "x", "c", Map.of("d", 1), "a", Map.of())));
  }

  @Test
  void refusesFieldsThatAreNotInTheirOrder() {
    assertThatThrownBy(
            () ->
                CanonicalJson.object(
                    fields -> {
                      fields.field("b", 1);
                      fields.field("a", 1);
                    }))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                CanonicalJson.object(
                    fields -> {
                      fields.field("a", 1);
                      fields.field("a", 1);
                    }))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesWhatHasNoCanonicalForm() {
    assertThatThrownBy(() -> CanonicalJson.write(1.5)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CanonicalJson.write(null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String text(Object value) {
    return new String(CanonicalJson.write(value), StandardCharsets.UTF_8);
  }
}
