package io.pgscim.scim.filter;

import static io.pgscim.scim.ScimErrors.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.scim.ScimType;
import io.pgscim.scim.filter.Filter.And;
import io.pgscim.scim.filter.Filter.Compare;
import io.pgscim.scim.filter.Filter.Element;
import io.pgscim.scim.filter.Filter.Not;
import io.pgscim.scim.filter.Filter.Or;
import io.pgscim.scim.filter.Filter.Present;
import io.pgscim.scim.path.AttributePath;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7644 §3.4.2.2: the grammar of figure 1 and its precedence. */
class FilterParserTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "userName eq \"bjensen\"",
        "name.familyName co \"O'Malley\"",
        "userName sw \"J\"",
        "urn:ietf:params:scim:schemas:core:2.0:User:userName sw \"J\"",
        "title pr",
        "meta.lastModified gt \"2011-05-13T04:42:34Z\"",
        "meta.lastModified ge \"2011-05-13T04:42:34Z\"",
        "meta.lastModified lt \"2011-05-13T04:42:34Z\"",
        "meta.lastModified le \"2011-05-13T04:42:34Z\"",
        "title pr and userType eq \"Employee\"",
        "title pr or userType eq \"Intern\"",
        "schemas eq \"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\"",
        "userType eq \"Employee\" and (emails co \"example.com\" or emails.value co \"example.org\")",
        "userType ne \"Employee\" and not (emails co \"example.com\" or emails.value co \"example.org\")",
        "userType eq \"Employee\" and (emails.type eq \"work\")",
        "userType eq \"Employee\" and emails[type eq \"work\" and value co \"@example.com\"]",
        "emails[type eq \"work\" and value co \"@example.com\"] or ims[type eq \"xmpp\" and value co \"@foo.com\"]",
        "rooms.number ge 4 and open eq true and closed eq null and ratio lt -1.5e3",
      })
  @DisplayName("RFC 7644 §3.4.2.2: every example of figure 2 is read")
  void readsEveryExampleOfFigure2AndWritesItBack(String text) {
    Filter filter = Filter.parse(text);

    assertThat(Filter.parse(filter.toString())).isEqualTo(filter);
  }

  @Test
  @DisplayName("RFC 7644 §3.4.2.2: not before and, and before or")
  void notBindsTighterThanAndThanOr() {
    Filter filter = Filter.parse("a pr or b pr and not (c pr) or d pr");

    assertThat(filter)
        .isEqualTo(
            new Or(
                List.of(
                    present("a"),
                    new And(List.of(present("b"), new Not(present("c")))),
                    present("d"))));
  }

  @Test
  void bracketsChangeThePrecedence() {
    assertThat(Filter.parse("(a pr or b pr) and c pr"))
        .isEqualTo(new And(List.of(new Or(List.of(present("a"), present("b"))), present("c"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "userName EQ \"x\"",
        "userName Eq \"x\"",
        "userName  eq\t\"x\"",
        "userName eq\"x\""
      })
  @DisplayName("RFC 7644 §3.4.2.2: attribute names and operators are read in any case")
  void operatorsAreReadInAnyCaseAndSpacing(String text) {
    assertThat(Filter.parse(text))
        .isEqualTo(new Compare(path("userName"), Operator.EQ, new Literal.Text("x")));
  }

  @Test
  void logicalWordsAreReadInAnyCase() {
    assertThat(Filter.parse("a pr AND NOT(b pr) Or c PR"))
        .isEqualTo(
            new Or(List.of(new And(List.of(present("a"), new Not(present("b")))), present("c"))));
  }

  @Test
  void anAttributeMayBeCalledNot() {
    assertThat(Filter.parse("not eq 1")).isInstanceOf(Compare.class);
  }

  @Test
  void entraComparesASubAttributeOfTheSelectedElement() {
    assertThat(Filter.parse("emails[type eq \"work\"].value eq \"a@b\""))
        .isEqualTo(
            new Element(
                path("emails"),
                new And(
                    List.of(
                        new Compare(path("type"), Operator.EQ, new Literal.Text("work")),
                        new Compare(path("value"), Operator.EQ, new Literal.Text("a@b"))))));
  }

  @Test
  void theUrnEndsAtTheLastColon() {
    Filter filter =
        Filter.parse("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value pr");

    assertThat(filter)
        .isEqualTo(
            new Present(
                new AttributePath(
                    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
                    "manager",
                    "value")));
  }

  @Test
  void stringsHaveTheEscapesOfJson() {
    Filter filter = Filter.parse("a eq \"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00 ) or (\"");

    assertThat(((Compare) filter).value()).isEqualTo(new Literal.Text("\"\\/\b\f\n\r\té😀 ) or ("));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | 1",
        "`   ` | 4",
        "userName | 9",
        "userName eq | 12",
        "userName regex \"x\" | 10",
        "userName eq bjensen | 13",
        "userName eq 'bjensen' | 13",
        "userName eq \"bjensen | 13",
        "userName eq \"a\\qb\" | 15",
        "userName eq \"\\u00g0\" | 14",
        "userName eq 01 | 13",
        "userName eq \"a\" userName eq \"b\" | 17",
        "userName eq \"a\" and | 20",
        "userName eq \"a\") | 16",
        "(userName eq \"a\" | 17",
        "()  | 2",
        "not userName pr | 5",
        "emails[type eq \"work\" | 22",
        "emails[type[value pr]] | 12",
        "emails[type eq \"work\"] .value eq \"x\" | 24",
        "emails[type eq \"work\"].value | 29",
        "1user eq 1 | 1",
        "name.given.x eq 1 | 1",
        ": eq 1 | 1",
      })
  @DisplayName("RFC 7644 §3.4.2.2: what is no filter is invalidFilter, and says where")
  void saysWhereReadingFailed(String text, int character) {
    assertRefused(ScimType.INVALID_FILTER, () -> Filter.parse(text == null ? "" : text))
        .hasMessageStartingWith("filter, character " + character + ": ");
  }

  @Test
  void anUnknownOperatorIsNamed() {
    assertRefused(ScimType.INVALID_FILTER, () -> Filter.parse("userName regex \"x\""))
        .hasMessageContaining("the operator 'regex' is not supported");
  }

  @Test
  void nestingIsBounded() {
    String deep = "(".repeat(Filter.MAX_DEPTH) + "a pr" + ")".repeat(Filter.MAX_DEPTH);
    assertThat(Filter.parse(deep)).isEqualTo(present("a"));

    assertRefused(ScimType.INVALID_FILTER, () -> Filter.parse("(" + deep + ")"))
        .hasMessageContaining("nests at most 32");
  }

  @Test
  void lengthIsBounded() {
    String longest = "a eq \"" + "x".repeat(Filter.MAX_LENGTH - 7) + "\"";
    assertThat(Filter.parse(longest)).isInstanceOf(Compare.class);

    assertRefused(ScimType.INVALID_FILTER, () -> Filter.parse(longest + " "));
  }

  @Test
  void longChainsDoNotNest() {
    String chain = "a pr or ".repeat(2_000) + "a pr";

    assertThat(((Or) Filter.parse(chain)).parts()).hasSize(2_001);
  }

  private static Filter present(String attribute) {
    return new Present(path(attribute));
  }

  private static AttributePath path(String attribute) {
    return new AttributePath(null, attribute, null);
  }
}
