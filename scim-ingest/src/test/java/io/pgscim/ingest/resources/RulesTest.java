package io.pgscim.ingest.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.ingest.Source;
import io.pgscim.ingest.directory.Stored;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.schema.BuiltIn;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {

  @Test
  void whoeverIsNotSaidToBeInactiveIsActive() {
    assertThat(DocumentRules.created(BuiltIn.USER, user("a")).get("active").asBoolean()).isTrue();
    assertThat(
            DocumentRules.created(BuiltIn.USER, user("a").put("active", false))
                .get("active")
                .asBoolean(true))
        .isFalse();
    assertThat(DocumentRules.created(BuiltIn.GROUP, user("a")).has("active")).isFalse();
  }

  @Test
  void silenceActivatesNobody() {
    ObjectNode before = user("a").put("active", false);

    assertThat(
            DocumentRules.replaced(BuiltIn.USER, before, user("a")).get("active").asBoolean(true))
        .isFalse();
  }

  @Test
  void namesAreBoundedInBytes() {
    assertThatCode(() -> DocumentRules.created(BuiltIn.USER, user("é".repeat(512))))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> DocumentRules.created(BuiltIn.USER, user("é".repeat(513))))
        .isInstanceOf(ScimException.class)
        .hasMessage("userName has more than 1024 bytes");
  }

  @ParameterizedTest
  @CsvSource({
    ", , 1, 100",
    "1, 2, 1, 2",
    "0, 0, 1, 0",
    "-7, -7, 1, 0",
    "11, 5000, 11, 1000",
    "9223372036854775807, 9223372036854775807, 9223372036854775807, 1000",
  })
  void pagingFollowsTable6(String startIndex, String count, long start, int size) { // §3.4.2.4
    Map<String, String> parameters = new HashMap<>();
    parameters.put("startIndex", startIndex);
    parameters.put("count", count);
    assertThat(Paging.of(parameters::get, 100, 1_000)).isEqualTo(new Paging.Index(start, size));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "W/\"3\" | true",
        "\"3\" | true",
        "* | true",
        "W/\"2\", W/\"3\" | true",
        "W/\"2\" | false",
        "3 | false",
        "W/\"33\" | false",
      })
  void entityTagsCompareWeakly(String header, boolean matches) { // RFC 7644 §3.14
    Stored stored =
        new Stored(
            new UUID(1, 2),
            "s",
            BuiltIn.USER,
            3,
            Instant.EPOCH,
            Instant.EPOCH,
            user("a"),
            List.of());

    Call call = new Call(Source.DEFAULT, null, "", name -> null, header, null, null, null);
    assertThat(Preconditions.known(header, stored)).isEqualTo(matches);
    if (matches) {
      assertThatCode(() -> Preconditions.read(call, stored)).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> Preconditions.read(call, stored))
          .isInstanceOfSatisfying(
              ScimException.class, refused -> assertThat(refused.status()).isEqualTo(412));
    }
  }

  private static ObjectNode user(String userName) {
    return JsonNodeFactory.instance.objectNode().put("userName", userName);
  }
}
