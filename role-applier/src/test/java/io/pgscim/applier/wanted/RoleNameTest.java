package io.pgscim.applier.wanted;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.applier.Someone;
import io.pgscim.applier.policy.NameTemplate;
import io.pgscim.applier.sql.Identifier;
import io.pgscim.events.UserState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoleNameTest {

  @Test
  void isMadeOfTheTemplatesParts() {
    UserState ada = Someone.user("u-1", "ada@corp@example.com", "e-1", true, null, null);

    assertThat(name("{userName}", ada)).isEqualTo("ada@corp@example.com");
    assertThat(name("{userName|local}", ada)).isEqualTo("ada@corp");
    assertThat(name("emp-{externalId}", ada)).isEqualTo("emp-e-1");
    assertThat(name("{id}_x", ada)).isEqualTo("u-1_x");
  }

  @Test
  void aMissingPartIsARefusal() {
    assertThat(RoleName.of(NameTemplate.of("{externalId}"), Someone.user("u-1", "ada")))
        .isEqualTo(new RoleName.Unfit("ada", "the user has no value for the name {externalId}"));
  }

  @Test
  void keepsWhateverFitsAsItIs() {
    for (String name :
        new String[] {
          "Ada", "ada", "\"; DROP ROLE postgres; --", "o'neill;", "🦆 duck", "é".repeat(31), "a b"
        }) {
      assertThat(name("{userName}", Someone.user("u-1", name))).isEqualTo(name);
    }
  }

  @Test
  void shortensByBytesAndMarksWithTheUser() {
    String longName = "é".repeat(60) + "@example.com";
    String first = name("{userName}", Someone.user("u-1", longName));
    String second = name("{userName}", Someone.user("u-2", longName));

    assertThat(Identifier.bytes(first)).isLessThanOrEqualTo(63);
    assertThat(first).startsWith("é".repeat(26)).matches("é{26}~[0-9a-f]{10}");
    assertThat(second).startsWith("é".repeat(26)).isNotEqualTo(first);
    assertThat(name("{userName}", Someone.user("u-1", longName))).isEqualTo(first);
  }

  @Test
  void neverCutsACharacterInTwo() {
    String shortened = name("{userName}", Someone.user("u-1", "x" + "🦆".repeat(50)));

    assertThat(shortened).matches("x(🦆){12}~[0-9a-f]{10}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "public",
        "PUBLIC",
        "none",
        "pg_monitor",
        "PG_x",
        "pgscim_applier",
        "rdsadmin",
        "cloudsqlsuperuser",
        "azure_pg_admin",
        "a\nb",
        "\u0007",
        "lone\ud83e"
      })
  void refusesReservedAndUnreadableNames(String name) {
    RoleName refused = RoleName.of(NameTemplate.of("{userName}"), Someone.user("u-1", name));

    assertThat(refused).isInstanceOf(RoleName.Unfit.class);
    assertThat(((RoleName.Unfit) refused).attempted()).doesNotMatch("(?s).*\\p{Cntrl}.*");
  }

  private static String name(String template, UserState user) {
    RoleName name = RoleName.of(NameTemplate.of(template), user);
    assertThat(name).isInstanceOf(RoleName.Fit.class);
    return ((RoleName.Fit) name).name();
  }
}
