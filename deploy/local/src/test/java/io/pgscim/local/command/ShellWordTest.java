package io.pgscim.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShellWordTest {

  @Test
  void leavesWhatNoShellMindsAsItIs() {
    assertThat(ShellWord.quote("postgresql://postgres@127.0.0.1:24373/app"))
        .isEqualTo("postgresql://postgres@127.0.0.1:24373/app");
  }

  @Test
  void quotesWhatAShellWouldTakeApart() {
    assertThat(ShellWord.quote("/a b/$(rm -rf ~)")).isEqualTo("'/a b/$(rm -rf ~)'");
  }

  @Test
  void quotesQuotes() {
    assertThat(ShellWord.quote("Ada's")).isEqualTo("'Ada'\\''s'");
  }

  @Test
  void quotesNothing() {
    assertThat(ShellWord.quote("")).isEqualTo("''");
  }
}
