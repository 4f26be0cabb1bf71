package io.pgscim.applier.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectNameTest {

  @Test
  void readsEachShape() {
    assertThat(ObjectName.parse("app")).isEqualTo(name("app", null, null, null, null));
    assertThat(ObjectName.parse("app.crm")).isEqualTo(name("app", "crm", null, null, null));
    assertThat(ObjectName.parse("app.crm.t")).isEqualTo(name("app", "crm", "t", null, null));
    assertThat(ObjectName.parse("app.crm.t.c")).isEqualTo(name("app", "crm", "t", "c", null));
    assertThat(ObjectName.parse("app.crm.f()")).isEqualTo(name("app", "crm", "f", null, List.of()));
    assertThat(ObjectName.parse("app.crm.f(numeric(10,2), \"A,b\", text)"))
        .isEqualTo(name("app", "crm", "f", null, List.of("numeric(10,2)", "\"A,b\"", "text")));
  }

  @Test
  void foldsWhatIsNotQuotedAndKeepsWhatIs() {
    assertThat(ObjectName.parse("APP.\"My Schema\".\"a.\"\"b\""))
        .isEqualTo(name("app", "My Schema", "a.\"b", null, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "app.",
        ".crm",
        "app..t",
        "app.crm.t.c.d",
        "app.\"crm",
        "app.\"\".t",
        "app crm",
        "app.crm.f(",
        "app.crm.f(a,)",
        "app.crm.f(,)",
        "app.f()",
        "app.crm.f()x",
        "app.crm.t.f()",
        "app.crm.f(a))",
        "a\0b"
      })
  void refusesWhatHasNoShape(String text) {
    assertThatThrownBy(() -> ObjectName.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("database.schema.relation");
  }

  private static ObjectName name(
      String database, String schema, String name, String column, List<String> arguments) {
    return new ObjectName(
        database,
        Optional.ofNullable(schema),
        Optional.ofNullable(name),
        Optional.ofNullable(column),
        Optional.ofNullable(arguments));
  }
}
