package io.pgscim.scim.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.scim.Resources;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.schema.BuiltIn;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is sent: a filter, or a refusal; nothing else. */
class FilterFuzzTest {
  private static final String[] PIECES = {
    "userName",
    "emails",
    "name.givenName",
    "active",
    "meta.created",
    "type",
    "value",
    "urn:a:b:c",
    " eq ",
    " ne ",
    " co ",
    " sw ",
    " gt ",
    " pr",
    " and ",
    " or ",
    "not ",
    "(",
    ")",
    "[",
    "]",
    ".",
    "\"",
    "\"x\"",
    "\"\\u00e9\"",
    "\\",
    "1",
    "-1.5e9",
    "true",
    "null",
    " ",
    "\0",
    "é",
    ":",
    "$ref"
  };

  @Test
  void randomTextIsAFilterOrARefusal() {
    Random random = new Random(20_260_101);
    var user = Resources.barbara();
    int understood = 0;
    for (int round = 0; round < 200_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(12); i >= 0; i--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      try {
        Filter filter = Filter.parse(text.toString());
        assertThat(Filter.parse(filter.toString())).isEqualTo(filter);
        filter.on(BuiltIn.USER).matches(user);
        understood++;
      } catch (ScimException refused) {
        assertThat(refused.status()).isEqualTo(400);
      }
    }
    assertThat(understood).as("some of it made sense").isPositive();
  }
}
