package io.pgscim.local.demonstrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void alignsColumnsUnderTheirNames() {
    Table table =
        new Table(List.of("role", "may log in"), List.of(List.of("ada@example.com", "yes")));

    assertThat(table.lines())
        .containsExactly(
            "role             may log in", "─".repeat(27), "ada@example.com  yes       ");
  }

  @Test
  void cutsTheWidestColumnToThePage() {
    Table table = new Table(List.of("a", "b"), List.of(List.of("x".repeat(200), "whole")));

    assertThat(table.lines()).allSatisfy(line -> assertThat(line).hasSize(94));
    assertThat(table.lines().getLast()).endsWith("x…  whole");
  }
}
