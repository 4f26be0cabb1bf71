package io.pgscim.audit.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgscim.audit.MemoryLog;
import io.pgscim.audit.Samples;
import io.pgscim.audit.entry.Prune;
import io.pgscim.audit.entry.Pruned;
import io.pgscim.audit.index.Index;
import io.pgscim.audit.index.Indexed;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever part of the log the index knows, the answers are the same. */
class SearchIT {
  private static final int SIZE = 1200;

  @TempDir Path folder;
  private final MemoryLog log = new MemoryLog();

  @ParameterizedTest
  @ValueSource(ints = {0, 700, SIZE})
  void pagesFollowEachOtherWithoutGapAndWithoutRepetition(int indexed) throws Exception {
    Index index = filled(indexed);
    for (String filter : List.of("", "outcome=recorded")) {
      List<Long> rising = all(index, filter, 250);
      List<Long> falling = all(index, (filter + "&order=desc"), 250);

      assertThat(rising).isEqualTo(IntStream.range(0, SIZE).mapToObj(Long::valueOf).toList());
      assertThat(falling).isEqualTo(rising.reversed());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 700, SIZE})
  void findsByFieldsOfTheEntryAndOfItsResource(int indexed) throws Exception {
    Index index = filled(indexed);

    assertThat(all(index, "user=u701", 10)).containsExactly(701L);
    assertThat(all(index, "txn=t-699&order=desc", 10)).containsExactly(699L);
    assertThat(all(index, "txn=u700", 10)).isEmpty();
    assertThat(all(index, "user=u7&txn=t-7&outcome=recorded", 10)).containsExactly(7L);
    assertThat(all(index, "user=u7&txn=t-8", 10)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 700, SIZE})
  void findsByTheInstantOfLogging(int indexed) throws Exception {
    Index index = filled(indexed);

    assertThat(all(index, "since=2026-03-01T09:30:00Z", 1000)).hasSize(SIZE);
    assertThat(all(index, "since=2026-03-01T09:30:01Z", 1000)).isEmpty();
    assertThat(all(index, "until=2026-03-01T09:30:00Z&order=desc", 1000)).isEmpty();
    assertThat(all(index, "until=2026-03-01T09:30:00.001Z&user=u5", 1000)).containsExactly(5L);
  }

  @Test
  void oldestFirstGoesOnWithWhatIsAppendedLater() throws Exception {
    Index index = filled(SIZE);
    JsonNode page = page(index, "user=u1300");
    assertThat(page.path("entries")).isEmpty();

    log.append(Samples.lines(SIZE, 1400));

    assertThat(
            page(index, "user=u1300&after=" + page.path("next").asLong())
                .at("/entries/0/index")
                .asInt())
        .isEqualTo(1300);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 700, SIZE})
  void whatWasPrunedIsNoAnswerThoughTheIndexKnowsIt(int indexed) throws Exception {
    Index index = filled(indexed);
    log.prune(new Pruned(new Prune("/archive", 0, 512, Map.of()), SIZE - 1));

    for (String filter : List.of("", "outcome=recorded")) {
      List<Long> rising = all(index, filter, 250);
      assertThat(rising).isEqualTo(IntStream.range(512, SIZE).mapToObj(Long::valueOf).toList());
      assertThat(all(index, filter + "&order=desc", 250)).isEqualTo(rising.reversed());
    }
    for (String order : List.of("", "&order=desc")) {
      assertThat(all(index, "user=u5" + order, 1)).isEmpty();
      assertThat(all(index, "user=u600" + order, 1)).containsExactly(600L);
    }
    assertThat(page(index, "after=-1").path("first").asLong()).isEqualTo(512);
    assertThat(page(index, "after=511&limit=1").at("/entries/0/index").asLong()).isEqualTo(512);
    var refused =
        catchThrowableOfType(WebApplicationException.class, () -> page(index, "after=510"));
    assertThat(refused.getResponse().getStatus()).isEqualTo(410);
    assertThat(refused.getResponse().getEntity().toString())
        .contains("lie in the archive /archive")
        .contains("after=511");
  }

  @Test
  void anIndexThatGrowsMeanwhileHoldsNobodyUp() throws Exception {
    log.append(Samples.lines(0, SIZE));
    Index index = Indexed.of(folder.resolve("grown.db"), log, SIZE);
    log.lines.subList(700, SIZE).clear();
    log.append(List.of());

    assertThat(all(index, "user=u1000", 1)).isEmpty();
    JsonNode end = page(index, "outcome=recorded&after=698&limit=5");
    assertThat(end.path("entries")).hasSize(1);
    assertThat(end.path("next").asLong()).isEqualTo(699);
  }

  @Test
  void anEmptyLogAndAPageBehindTheEndAreEmpty() throws Exception {
    Index none = Indexed.of(folder.resolve("empty.db"), log, 0);
    assertThat(new String(Search.run(log, none, question("")).json(), UTF_8))
        .isEqualTo("{\"entries\":[],\"size\":0,\"next\":-1}");
    assertThat(new String(Search.run(log, none, question("order=desc")).json(), UTF_8))
        .isEqualTo("{\"entries\":[],\"size\":0}");

    assertThat(page(filled(700), "after=5000").path("next").asLong()).isEqualTo(SIZE - 1);
  }

  @Test
  void whatIsAskedWronglyIsABadRequestThatSaysWhatIsAllowed() {
    assertThat(refusal("usr=u1")).contains("no parameter is called so").contains("user");
    assertThat(refusal("order=up")).contains("asc");
    assertThat(refusal("since=yesterday")).contains("2026-11-25T09:30:00Z");
    assertThat(refusal("limit=5000")).contains("1 to 1000");
    assertThat(refusal("user=a&user=b")).isEqualTo("user is given more than once");
  }

  private Index filled(int indexed) throws Exception {
    log.append(Samples.lines(0, SIZE));
    return Indexed.of(folder.resolve("index.db"), log, indexed);
  }

  private List<Long> all(Index index, String query, int limit) throws IOException {
    List<Long> found = new ArrayList<>();
    Long next = null;
    do {
      JsonNode page =
          page(index, query + "&limit=" + limit + (next == null ? "" : "&after=" + next));
      page.path("entries").forEach(entry -> found.add(entry.path("index").asLong()));
      Long before = next;
      next = page.hasNonNull("next") ? page.path("next").asLong() : null;
      if (next == null || next.equals(before)) {
        return found;
      }
    } while (true);
  }

  private JsonNode page(Index index, String query) throws IOException {
    return new ObjectMapper().readTree(Search.run(log, index, question(query)).json());
  }

  private static Question question(String query) {
    Map<String, List<String>> parameters = new HashMap<>();
    for (String pair : query.split("&")) {
      if (!pair.isEmpty()) {
        String[] halves = pair.split("=");
        parameters.computeIfAbsent(halves[0], name -> new ArrayList<>()).add(halves[1]);
      }
    }
    return Question.of(parameters, Map.of());
  }

  private static String refusal(String query) {
    var refused = catchThrowableOfType(WebApplicationException.class, () -> question(query));
    return ((Map<?, ?>) refused.getResponse().getEntity()).get("detail").toString();
  }
}
