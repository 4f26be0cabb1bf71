package io.pgscim.scim.resource;

import static io.pgscim.scim.Resources.json;
import static io.pgscim.scim.ScimErrors.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.ScimType;
import io.pgscim.scim.filter.Filter;
import io.pgscim.scim.patch.Patch;
import io.pgscim.scim.projection.Projection;
import io.pgscim.scim.schema.ResourceType;
import io.pgscim.scim.schema.SchemaJson;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * RFC 7643 §2.2, §2.3, §2.4, §2.5, §3 and §7: a schema that nobody has seen before is enforced, all
 * of its characteristics, in documents, patches, filters and answers.
 */
class EnforcementTest {
  private static final String URI = "urn:x:Thing";
  private static final String MORE = "urn:x:More";

  /** One attribute per characteristic, most of them simple and as a part. */
  private static final ResourceType THING =
      type(
          """
          [{'name': 'name', 'required': true},
           {'name': 'serial', 'mutability': 'immutable'},
           {'name': 'rank', 'type': 'integer', 'mutability': 'readOnly'},
           {'name': 'pin', 'mutability': 'writeOnly', 'returned': 'never'},
           {'name': 'note', 'returned': 'request'},
           {'name': 'hint', 'returned': 'never'},
           {'name': 'label', 'returned': 'always'},
           {'name': 'kind', 'canonicalValues': ['big', 'small']},
           {'name': 'code', 'caseExact': true, 'canonicalValues': ['A', 'b']},
           {'name': 'home', 'type': 'reference', 'referenceTypes': ['external']},
           {'name': 'born', 'type': 'dateTime'},
           {'name': 'weight', 'type': 'decimal'},
           {'name': 'blob', 'type': 'binary'},
           {'name': 'words', 'multiValued': true},
           {'name': 'exactWords', 'multiValued': true, 'caseExact': true},
           {'name': 'seal', 'type': 'complex', 'mutability': 'writeOnly', 'returned': 'never',
            'subAttributes': [{'name': 'value'}]},
           {'name': 'origin', 'type': 'complex', 'mutability': 'immutable',
            'subAttributes': [{'name': 'land'}, {'name': 'town'}]},
           {'name': 'frozen', 'multiValued': true, 'mutability': 'immutable'},
           {'name': 'box', 'type': 'complex',
            'subAttributes': [
              {'name': 'need', 'required': true},
              {'name': 'fixed', 'mutability': 'immutable'},
              {'name': 'given', 'mutability': 'readOnly'},
              {'name': 'secret', 'mutability': 'writeOnly', 'returned': 'never'},
              {'name': 'rare', 'returned': 'request'},
              {'name': 'dark', 'returned': 'never'}]},
           {'name': 'crate', 'type': 'complex', 'returned': 'always',
            'subAttributes': [{'name': 'plain'}, {'name': 'dark', 'returned': 'never'}]},
           {'name': 'parts', 'type': 'complex', 'multiValued': true,
            'subAttributes': [
              {'name': 'value', 'required': true},
              {'name': 'type', 'canonicalValues': ['work', 'home']},
              {'name': 'display'},
              {'name': 'fixed', 'mutability': 'immutable'},
              {'name': 'tags', 'multiValued': true},
              {'name': 'primary', 'type': 'boolean'}]}]
          """);

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # what it shows            | sent                                        | kept
          readOnly is ignored        | 'rank': 7                                   | {}
          a readOnly part too        | 'box': {'need': 'n', 'given': 'g'}          | {'box': {'need': 'n'}}
          writeOnly is not kept      | 'pin': '1234'                               | {}
          a writeOnly part neither   | 'box': {'need': 'n', 'secret': 's'}         | {'box': {'need': 'n'}}
          nor a complex one          | 'seal': {'value': 's'}                      | {}
          empty is unassigned        | 'box': {}, 'words': [], 'born': null        | {}
          parts that are null        | 'parts': [{'value': null, 'type': null}]    | {}
          words are words once       | 'words': ['Tall', 'tall', 'wide']           | {'words': ['Tall', 'wide']}
          unless case counts         | 'exactWords': ['A', 'a', 'A']               | {'exactWords': ['A', 'a']}
          one value for one purpose  | 'parts': [{'value': 'x', 'type': 'work'}, {'value': 'X', 'type': 'WORK', 'primary': true}] | {'parts': [{'value': 'X', 'type': 'WORK', 'primary': true}]}
          for two purposes are two   | 'parts': [{'value': 'x', 'type': 'work'}, {'value': 'x', 'type': 'home'}] | {'parts': [{'value': 'x', 'type': 'work'}, {'value': 'x', 'type': 'home'}]}
          tags of a part             | 'parts': [{'value': 'x', 'tags': ['a', 'A', 'b']}] | {'parts': [{'value': 'x', 'tags': ['a', 'b']}]}
          other values are usual     | 'kind': 'middling'                          | {'kind': 'middling'}
          and kept as they are       | 'kind': 'BIG'                               | {'kind': 'BIG'}
          a number in quotes         | 'weight': '1.50'                            | {'weight': 1.5}
          any text as a reference    | 'home': 'no uri at all'                     | {'home': 'no uri at all'}
          """)
  void lenientlyKept(String what, String sent, String kept) {
    assertThat(without(lenient("{'name': 'n', " + sent + "}"))).as(what).isEqualTo(json(kept));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # what it shows            | sent                                        | kept
          canonical spelling         | 'kind': 'BIG'                               | {'kind': 'big'}
          in parts too               | 'parts': [{'value': 'x', 'type': 'Work'}]   | {'parts': [{'value': 'x', 'type': 'work'}]}
          where case counts          | 'code': 'b'                                 | {'code': 'b'}
          a relative reference       | 'home': '../Users/7'                        | {'home': '../Users/7'}
          a URN is a reference       | 'home': 'urn:uuid:1'                        | {'home': 'urn:uuid:1'}
          readOnly is ignored        | 'rank': 7                                   | {}
          """)
  void strictlyKept(String what, String sent, String kept) {
    assertThat(without(strict(sent))).as(what).isEqualTo(json(kept));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # what it shows            | sent                                        | error
          other values are refused   | 'kind': 'middling'                          | kind is one of big, small
          of a part                  | 'parts': [{'value': 'x', 'type': 'flat'}]   | parts.type is one of work, home
          case counts                | 'code': 'a'                                 | code is one of A, b
          a reference is a URI       | 'home': 'no uri at all'                     | home is a URI
          a number is no text        | 'weight': '1.5'                             | weight is a number
          a boolean is no text       | 'parts': [{'value': 'x', 'primary': 'true'}] | parts.primary is true or false
          one is not many            | 'words': 'tall'                             | words is an array
          """)
  @DisplayName(
      "RFC 7643 §7: a strict source is refused what no schema, type or canonical value allows")
  void strictlyRefused(String what, String sent, String error) {
    assertRefused(ScimType.INVALID_VALUE, () -> strict(sent))
        .as(what)
        .hasMessageStartingWith(error);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # what it shows            | schemas                                     | more               | error
          none                       |                                             |                    | schemas is required
          empty                      | 'schemas': [],                              |                    | schemas must hold urn:x:Thing
          not the base               | 'schemas': ['urn:x:More'],                  |                    | schemas must hold urn:x:Thing
          one used is missing        | 'schemas': ['urn:x:Thing'],                 | , 'urn:x:More': {'size': 1} | schemas must hold urn:x:More
          one twice                  | 'schemas': ['urn:x:Thing', 'URN:X:THING'],  |                    | schemas names a schema twice
          one of another type        | 'schemas': ['urn:x:Thing', 'urn:x:Other'],  |                    | Thing has no schema urn:x:other
          no URIs                    | 'schemas': [7],                             |                    | schemas is an array of URIs
          an unknown attribute       | 'schemas': ['urn:x:Thing'],                 | , 'colour': 1      | there is no attribute colour in Thing
          an unknown part            | 'schemas': ['urn:x:Thing'],                 | , 'box': {'need': 'n', 'lid': 1} | there is no attribute lid in box
          """)
  @DisplayName("RFC 7643 §3: schemas names what the resource uses, and nothing unknown")
  void strictSchemas(String what, String schemas, String more, String error) {
    String body =
        "{" + (schemas == null ? "" : schemas) + "'name': 'n'" + (more == null ? "" : more) + "}";

    assertRefused(
            ScimType.INVALID_SYNTAX, () -> new Intake(THING, Tolerance.STRICT).document(json(body)))
        .as(what)
        .hasMessageStartingWith(error);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # what it shows            | sent                                        | error
          required                   | {'serial': 's'}                             | name is required
          a part of what is there    | {'name': 'n', 'box': {'fixed': 'f'}}        | box.need is required
          of every element           | {'name': 'n', 'parts': [{'value': 'x'}, {'type': 'work'}]} | parts.value is required
          and not blank              | {'name': 'n', 'box': {'need': ' '}}         | box.need is required and cannot be blank
          one primary                | {'name': 'n', 'parts': [{'value': 'x', 'primary': true}, {'value': 'y', 'primary': true}]} | parts.primary is true for more
          the type of a writeOnly    | {'name': 'n', 'pin': {'x': 1}}              | pin is a string
          dateTime                   | {'name': 'n', 'born': 'yesterday'}          | born is a dateTime
          base64                     | {'name': 'n', 'blob': '#'}                  | blob is base64
          decimal                    | {'name': 'n', 'weight': 'heavy'}            | weight is a number
          """)
  @DisplayName("RFC 7643 §2.3: a value of another type than the schema says is refused")
  void refusedByEverybody(String what, String sent, String error) {
    assertRefused(ScimType.INVALID_VALUE, () -> lenient(sent))
        .as(what)
        .hasMessageStartingWith(error);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # what it shows             | operation                                                           | error
          readOnly                    | {'op': 'replace', 'path': 'rank', 'value': 7}                       | rank is readOnly
          a readOnly part             | {'op': 'add', 'path': 'box.given', 'value': 'g'}                    | box.given is readOnly
          immutable                   | {'op': 'replace', 'path': 'serial', 'value': 'other'}               | serial cannot be changed
          not taken away              | {'op': 'remove', 'path': 'serial'}                                  | serial cannot be changed
          nor set to null             | {'op': 'replace', 'path': 'serial', 'value': null}                  | serial cannot be changed
          nor in a whole resource     | {'op': 'replace', 'value': {'serial': 'other'}}                     | serial cannot be changed
          an immutable complex        | {'op': 'replace', 'path': 'origin.land', 'value': 'x'}              | origin cannot be changed
          a part of it removed        | {'op': 'remove', 'path': 'origin.land'}                             | origin cannot be changed
          many that are immutable     | {'op': 'add', 'path': 'frozen', 'value': ['c']}                     | frozen cannot be changed
          one of them removed         | {'op': 'remove', 'path': 'frozen[value eq "a"]'}                    | frozen cannot be changed
          an immutable part           | {'op': 'add', 'path': 'box', 'value': {'fixed': 'other'}}           | box.fixed cannot be changed
          with its whole              | {'op': 'remove', 'path': 'box'}                                     | box.fixed cannot be changed
          of an element               | {'op': 'replace', 'path': 'parts[value eq "x"].fixed', 'value': 'o'} | parts.fixed is immutable
          in another element's place  | {'op': 'replace', 'path': 'parts[value eq "x"]', 'value': {'value': 'x'}} | parts.fixed cannot be changed
          by adding the same again    | {'op': 'add', 'path': 'parts', 'value': [{'value': 'x', 'type': 'work', 'fixed': 'o'}]} |
          required                    | {'op': 'remove', 'path': 'name'}                                    | name is required
          a required part             | {'op': 'remove', 'path': 'box.need'}                                | box.need is required
          set to null                 | {'op': 'replace', 'path': 'box', 'value': {'need': null}}           | box.need is required
          of an element               | {'op': 'remove', 'path': 'parts[type eq "work"].value'}             | parts.value is required
          """)
  @DisplayName(
      "RFC 7644 §3.5.2: an operation against mutability or schema is refused with the error of table 9")
  void mutabilityInPatches(String what, String operation, String error) {
    String quoted = operation.replace("\"", "\\\"");
    if (error == null) {
      // Another fixed makes another element: nothing is changed.
      assertThat(patched(quoted, Tolerance.STRICT).get("parts")).as(what).hasSize(2);
      return;
    }
    for (Tolerance tolerance : Tolerance.values()) {
      assertRefused(ScimType.MUTABILITY, () -> patched(quoted, tolerance))
          .as(what)
          .hasMessageStartingWith(error);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # what it shows             | operation                                                           | pointer             | value
          the same is no change       | {'op': 'replace', 'path': 'serial', 'value': 's'}                   | /serial             | "s"
          a writeOnly is not kept     | {'op': 'add', 'path': 'pin', 'value': '1'}                          | /pin                |
          nor a part of one           | {'op': 'add', 'path': 'seal.value', 'value': 's'}                   | /seal               |
          nor a writeOnly part        | {'op': 'add', 'path': 'box.secret', 'value': 's'}                   | /box/secret         |
          parts may be set one by one | {'op': 'add', 'path': 'box', 'value': {'rare': 'r'}}                | /box/need           | "n"
          whatever its case           | {'op': 'add', 'path': 'words', 'value': ['ONE']}                    | /words              | ["one"]
          a new primary ends the old  | {'op': 'add', 'path': 'parts', 'value': [{'value': 'y', 'primary': true}]} | /parts/0/primary | false
          schemas are left alone      | {'op': 'replace', 'value': {'schemas': ['urn:x:Thing']}}            | /schemas            | ["urn:x:Thing"]
          """)
  @DisplayName("RFC 7643 §2.2: immutable attributes are given once, write-only ones are written")
  void patchesThatPass(String what, String operation, String pointer, String value) {
    for (Tolerance tolerance : Tolerance.values()) {
      var found = patched(operation, tolerance).at(pointer);
      assertThat(found.isMissingNode() ? null : found.toString()).as(what).isEqualTo(value);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # what it shows             | operation                                                           | keyword       | error
          an incomplete element       | {'op': 'add', 'path': 'parts', 'value': [{'type': 'home'}]}         | INVALID_VALUE | parts.value is required
          an extension that lacks     | {'op': 'add', 'path': 'urn:x:More:shape', 'value': 'round'}         | MUTABILITY    | urn:x:More:size is required
          two primaries               | {'op': 'add', 'path': 'parts', 'value': [{'value': 'y', 'primary': true}, {'value': 'z', 'primary': true}]} | INVALID_VALUE | parts.primary is true
          """)
  @DisplayName("RFC 7643 §2.2: what a PATCH leaves has every required attribute")
  void whatAPatchLeavesIsWhole(String what, String operation, ScimType keyword, String error) {
    assertRefused(keyword, () -> patched(operation, Tolerance.LENIENT))
        .as(what)
        .hasMessageStartingWith(error);
  }

  @ParameterizedTest(name = "{0} with {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # parameter         | value      | shown
          attributes          |            | {'name': 'n', 'label': 'l', 'box': {'need': 'n'}, 'crate': {'plain': 'p'}}
          attributes          | name       | {'name': 'n', 'label': 'l', 'crate': {'plain': 'p'}}
          attributes          | note,hint  | {'note': 'o', 'label': 'l', 'crate': {'plain': 'p'}}
          attributes          | box        | {'label': 'l', 'box': {'need': 'n', 'rare': 'r'}, 'crate': {'plain': 'p'}}
          attributes          | box.rare   | {'label': 'l', 'box': {'rare': 'r'}, 'crate': {'plain': 'p'}}
          attributes          | box.dark   | {'label': 'l', 'crate': {'plain': 'p'}}
          attributes          | crate.dark | {'label': 'l', 'crate': {'plain': 'p'}}
          excludedAttributes  | label,box  | {'name': 'n', 'label': 'l', 'crate': {'plain': 'p'}}
          """)
  @DisplayName(
      "RFC 7643 §7: returned decides what an answer shows: always, never, default, request")
  void returned(String parameter, String value, String shown) {
    Projection projection =
        parameter.equals("attributes")
            ? Projection.of(THING, value, null)
            : Projection.of(THING, null, value);

    assertThat(projection.of(shownThing())).isEqualTo(json(shown));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'name': 'n'}                         | false | false
          {'name': 'n', 'note': 'x'}            | true  | false
          {'name': 'n', 'box': {'need': 'n'}}   | false | true
          """)
  void onRequestIsShownWhenItWasWritten(String written, boolean note, boolean rare) {
    ObjectNode answer = Projection.all(THING).afterWriting(lenient(written)).of(shownThing());

    assertThat(answer.has("note")).isEqualTo(note);
    assertThat(answer.path("box").has("rare")).isEqualTo(rare);
    assertThat(answer.path("box").has("dark")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "pin pr",
    "hint eq \"x\"",
    "seal.value pr",
    "box.secret pr",
    "box.dark sw \"a\"",
    "seal[value pr]",
    "crate.dark pr"
  })
  @DisplayName("RFC 7643 §9.2: no filter tells what is never returned")
  void noFilterTellsWhatNoAnswerShows(String filter) {
    assertRefused(ScimType.INVALID_FILTER, () -> Filter.parse(filter).on(THING))
        .hasMessageContaining("cannot be used in a filter");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'name': 'm'}                                       | true
          {'name': 'n', 'serial': 's', 'box': {'need': 'm'}}  | true
          {'name': 'n', 'serial': 'other'}                    | false
          {'name': 'n', 'frozen': ['b', 'a']}                 | true
          {'name': 'n', 'frozen': ['a']}                      | false
          {'name': 'n', 'box': {'need': 'n', 'fixed': 'o'}}   | false
          """)
  @DisplayName("RFC 7644 §3.5.1: what is immutable and set must match, or it is 400 mutability")
  void aPutKeepsWhatIsImmutable(String put, boolean passes) {
    ObjectNode after = lenient(put);

    if (!passes) {
      assertRefused(ScimType.MUTABILITY, () -> Immutables.keep(THING, thing(), after));
      return;
    }
    Immutables.keep(THING, thing(), after);
    assertThat(after.get("serial").textValue()).isEqualTo("s");
    assertThat(after.at("/box/fixed").textValue()).isEqualTo("f");
    assertThat(after.get("frozen")).hasSize(2);
    assertThat(after.at("/origin/land").textValue()).isEqualTo("l");
  }

  private static ObjectNode thing() {
    return lenient(
        """
        {'name': 'n', 'serial': 's', 'label': 'l', 'origin': {'land': 'l', 'town': 't'},
         'frozen': ['a', 'b'], 'words': ['one'], 'box': {'need': 'n', 'fixed': 'f'},
         'parts': [{'value': 'x', 'type': 'work', 'fixed': 'p', 'primary': true}]}
        """);
  }

  private static ObjectNode shownThing() {
    return json(
        """
        {'name': 'n', 'note': 'o', 'hint': 'h', 'label': 'l',
         'box': {'need': 'n', 'rare': 'r', 'dark': 'd'}, 'crate': {'plain': 'p', 'dark': 'd'}}
        """);
  }

  private static ObjectNode patched(String operation, Tolerance tolerance) {
    ObjectNode body =
        json(
            "{'schemas': ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], 'Operations': ["
                + operation
                + "]}");
    return Patch.read(THING, body, tolerance).apply(thing());
  }

  private static ObjectNode lenient(String body) {
    return new Intake(THING, Tolerance.LENIENT).document(json(body));
  }

  private static ObjectNode strict(String attributes) {
    return new Intake(THING, Tolerance.STRICT)
        .document(json("{'schemas': ['" + URI + "'], 'name': 'n', " + attributes + "}"));
  }

  private static ObjectNode without(ObjectNode document) {
    document.remove("schemas");
    document.remove("name");
    return document;
  }

  private static ResourceType type(String attributes) {
    var base = SchemaJson.schema(json("{'id': '" + URI + "', 'attributes': " + attributes + "}"));
    var more =
        SchemaJson.schema(
            json(
                "{'id': '"
                    + MORE
                    + "', 'attributes': [{'name': 'size', 'type': 'integer', 'required': true},"
                    + " {'name': 'shape'}]}"));
    return SchemaJson.resourceType(
        json(
            "{'name': 'Thing', 'endpoint': '/Things', 'schema': '"
                + URI
                + "', 'schemaExtensions': [{'schema': '"
                + MORE
                + "', 'required': false}]}"),
        Map.of(URI, base, MORE, more));
  }
}
