package io.pgscim.ingest.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgscim.scim.ScimException;
import io.pgscim.scim.filter.Filter;
import io.pgscim.scim.schema.BuiltIn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionSqlTest {

  @Test
  void namesAndIdsAreLookedUpInTheirColumns() {
    assertThat(sql("userName eq \"Ada\"")).isEqualTo("(r.name = $1)");
    assertThat(sql("externalId eq \"x\"")).isEqualTo("(r.external_id = $1)");
    assertThat(sql("id eq \"00000000-0000-0000-0000-000000000000\"")).isEqualTo("(r.id = $1)");
    assertThat(sql("id eq \"no id\"")).isEqualTo("(false)");
  }

  @Test
  void bothConditionsInBracketsAreAboutOneElement() {
    assertThat(sql("emails[type eq \"work\"].value eq \"a@b\""))
        .isEqualTo(
            "EXISTS (SELECT FROM jsonb_array_elements(r.comparable -> $1::text) AS e0 (v) WHERE"
                + " (((e0.v ->> $2::text) = $3) AND ((e0.v ->> $4::text) = $5)))");
  }

  @Test
  void whoseMembershipItIsStandsInWhere() {
    assertThat(sql("groups.display eq \"a\""))
        .startsWith("EXISTS (SELECT FROM (SELECT user_id, group_id, 'direct'")
        .contains("JOIN scim.resource o ON o.id = m.group_id WHERE m.user_id = r.id AND (");
  }

  @Test
  void underNotAComparisonWithNothingIsFalse() {
    assertThat(sql("not (title eq \"x\")"))
        .isEqualTo("(NOT coalesce(((r.comparable ->> $1::text) = $2), false))");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "userName eq \"%s\"",
        "title co \"%s\"",
        "emails[value sw \"%s\"]",
        "meta.version eq \"%s\"",
        "id gt \"%s\"",
        "groups.display eq \"%s\"",
        "department ne \"%s\""
      })
  void whatAClientSendsIsNeverInTheText(String filter) {
    ConditionSql sql = new ConditionSql(BuiltIn.USER);

    String text = sql.of(Filter.parse(filter.formatted("';drop$1")).on(BuiltIn.USER));

    assertThat(text).doesNotContain("drop");
    assertThat(sql.parameters().deepToString()).contains("';drop$1");
  }

  @Test
  void whatIsNotKeptCannotBeAskedFor() {
    for (String filter :
        new String[] {"meta.location eq \"x\"", "groups.$ref eq \"x\"", "groups[$ref pr]"}) {
      assertThatThrownBy(() -> sql(filter)).isInstanceOf(ScimException.class);
    }
  }

  private static String sql(String filter) {
    return new ConditionSql(BuiltIn.USER).of(Filter.parse(filter).on(BuiltIn.USER));
  }
}
