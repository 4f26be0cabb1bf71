package io.pgscim.audit.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgscim.audit.MemoryLog;
import io.pgscim.audit.Samples;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PageTest {
  private static final EntryFilter ALL = EntryFilter.of(Map.of(), Set.of());
  private final MemoryLog log = new MemoryLog();

  @BeforeEach
  void fill() throws IOException {
    log.append(Samples.lines(0, 1200));
  }

  @Test
  void pagesFollowEachOtherWithoutGapAndWithoutRepetition() throws Exception {
    long after = -1;
    int seen = 0;
    JsonNode page;
    do {
      page = new ObjectMapper().readTree(Page.read(log, after, 500, ALL).json());
      for (JsonNode entry : page.path("entries")) {
        assertThat(entry.path("index").asInt()).isEqualTo(seen++);
      }
      after = page.path("next").asLong();
    } while (!page.path("entries").isEmpty());

    assertThat(seen).isEqualTo(1200);
    assertThat(page.path("size").asInt()).isEqualTo(1200);
    assertThat(after).isEqualTo(1199);
  }

  @Test
  void findsByFieldsOfTheEntryAndOfItsResource() throws Exception {
    assertThat(Page.read(log, -1, 10, by("user", "u700")).next()).isEqualTo(1199);
    assertThat(Page.read(log, -1, 10, by("user", "u700")).entries()).hasSize(1);
    assertThat(Page.read(log, -1, 10, by("txn", "t-700")).entries()).hasSize(1);
    assertThat(Page.read(log, -1, 10, by("txn", "u700")).entries()).isEmpty();
    assertThat(Page.read(log, -1, 10, by("outcome", "recorded")).entries()).hasSize(10);
  }

  @Test
  void anEmptyLogAndAPageBehindTheEndAreEmpty() throws Exception {
    assertThat(new String(Page.read(new MemoryLog(), -1, 10, ALL).json(), UTF_8))
        .isEqualTo("{\"entries\":[],\"size\":0,\"next\":-1}");
    assertThat(Page.read(log, 5000, 10, ALL).next()).isEqualTo(1199);
  }

  @Test
  void refusesAnUnknownParameterAndOneGivenTwice() {
    assertThatThrownBy(() -> by("usr", "u1")).hasMessageContaining("no parameter is called so");
    assertThatThrownBy(() -> EntryFilter.of(Map.of("user", List.of("a", "b")), Set.of()))
        .hasMessage("user is given more than once");
  }

  private static EntryFilter by(String name, String value) {
    return EntryFilter.of(Map.of(name, List.of(value)), Set.of());
  }
}
