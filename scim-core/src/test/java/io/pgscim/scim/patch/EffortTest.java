package io.pgscim.scim.patch;

import static io.pgscim.scim.ScimErrors.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.ScimType;
import io.pgscim.scim.resource.Tolerance;
import io.pgscim.scim.schema.BuiltIn;
import java.time.Duration;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/**
 * What a client can make a PATCH cost; generous times, which it would exceed by far without limits.
 */
class EffortTest {
  private static final Duration AT_MOST = Duration.ofSeconds(20);
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  @Test
  void manyFiltersOverManyValuesAreTooMuch() {
    String filter = "type eq \"x\"" + " or type eq \"y\"".repeat(900);
    ObjectNode request =
        operations(100, i -> operation("remove", "emails[" + filter + "]", "v" + i));

    assertTimeout(
        AT_MOST,
        () -> assertRefused(ScimType.TOO_MANY, () -> patch(request, emails(1_000, i -> "v" + i))));
  }

  @Test
  void manyEditsOfManyValuesAreTooMuch() {
    ObjectNode request = operations(5_000, i -> operation("replace", "emails.display", "d" + i));

    assertTimeout(
        AT_MOST,
        () -> assertRefused(ScimType.TOO_MANY, () -> patch(request, emails(1_000, i -> "v" + i))));
  }

  @Test
  void longTextCannotBeMultiplied() {
    ObjectNode request =
        operations(1, i -> operation("replace", "emails.display", "x".repeat(60_000)));

    assertRefused(ScimType.INVALID_VALUE, () -> patch(request, emails(1_000, i -> "v" + i)))
        .hasMessageContaining("characters in all its values");
  }

  /** Hashes of strings are no secret: {@code Aa} and {@code BB} have the same. */
  @Test
  void valuesWhoseHashesCollideCostNoMore() {
    IntFunction<String> colliding =
        i -> Integer.toBinaryString(1 << 11 | i).replace("0", "Aa").replace("1", "BB");
    ObjectNode request =
        operations(
            240,
            i ->
                operation("replace", "emails", "")
                    .set("value", emails(1_000, colliding).get("emails")));

    assertTimeout(
        AT_MOST,
        () -> assertRefused(ScimType.TOO_MANY, () -> patch(request, emails(1_000, colliding))));
  }

  @Test
  void aLargeButHonestRequestIsServed() {
    ObjectNode request =
        operations(
            900, i -> operation("add", "emails[type eq \"t" + i % 50 + "\"].value", "v" + i));

    assertThat(patch(request, emails(0, i -> "")).get("emails")).hasSize(50);
  }

  private static ObjectNode patch(ObjectNode request, ObjectNode document) throws ScimException {
    return Patch.read(BuiltIn.USER, request, Tolerance.LENIENT).apply(document);
  }

  private static ObjectNode operations(int count, IntFunction<ObjectNode> operation) {
    ObjectNode request = JSON.objectNode();
    request.putArray("schemas").add(PatchRequest.SCHEMA);
    ArrayNode operations = request.putArray("Operations");
    for (int i = 0; i < count; i++) {
      operations.add(operation.apply(i));
    }
    return request;
  }

  private static ObjectNode operation(String op, String path, String value) {
    return JSON.objectNode().put("op", op).put("path", path).put("value", value);
  }

  private static ObjectNode emails(int count, IntFunction<String> value) {
    ObjectNode user = JSON.objectNode().put("userName", "x").put("active", true);
    ArrayNode emails = user.putArray("emails");
    for (int i = 0; i < count; i++) {
      emails.addObject().put("value", value.apply(i)).put("type", "t");
    }
    return user;
  }
}
