package io.pgscim.ingest.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class LogTest {

  @Test
  void inTextTheFactsFollowTheMessageInTheOrderGiven() {
    assertThat(Log.text("resource created", Key.TYPE.is("User"), Key.VERSION.is(1L)))
        .isEqualTo("resource created type=User version=1");
  }

  @Test
  void whatIsNotKnownIsLeftOut() {
    assertThat(Log.text("resource created", Key.TYPE.is(null), Key.COUNT.is(2)))
        .isEqualTo("resource created count=2");
    assertThat(Log.fields(Key.TYPE.is(null), Key.COUNT.is(2))).containsOnlyKeys("count");
  }

  @Test
  void aValueCannotPassForAnotherFactOrAnotherLine() {
    assertThat(Log.text("m", Key.REASON.is("no answer"))).isEqualTo("m reason=\"no answer\"");
    assertThat(Log.text("m", Key.REASON.is("x\" actor=\"root")))
        .isEqualTo("m reason=\"x\\\" actor=\\\"root\"");
    assertThat(Log.text("m", Key.REASON.is("x\nINFO forged"))).doesNotContain("\n");
    assertThat(Log.text("m", Key.REASON.is("x\u2028y"))).isEqualTo("m reason=\"x\\u2028y\"");
    assertThat(Log.text("m", Key.REASON.is(""))).isEqualTo("m reason=\"\"");
  }

  @Test
  void aFailureIsToldByItsKindAndStackNotByItsMessage() {
    Throwable failure =
        new IllegalStateException("about ada@example.com", new IOException("ada@example.com too"));
    StringWriter told = new StringWriter();
    Silenced.of(failure).printStackTrace(new PrintWriter(told, true));

    assertThat(told.toString())
        .contains("java.lang.IllegalStateException", "java.io.IOException", "LogTest.java:")
        .doesNotContain("ada");
  }
}
