package io.pgscim.scim;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Assertions about expected errors. */
public final class ScimErrors {
  private ScimErrors() {}

  public static AbstractThrowableAssert<?, ScimException> assertRefused(
      ScimType type, ThrowingCallable call) {
    ScimException refused = catchThrowableOfType(ScimException.class, call);
    Assertions.assertThat(refused).as("a refusal").isNotNull();
    Assertions.assertThat(refused.type()).isEqualTo(type);
    Assertions.assertThat(refused.status()).isEqualTo(400);
    return Assertions.assertThat(refused);
  }
}
