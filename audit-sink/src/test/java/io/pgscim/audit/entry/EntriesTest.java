package io.pgscim.audit.entry;

import static io.pgscim.audit.Samples.AT;
import static io.pgscim.audit.Samples.noise;
import static io.pgscim.audit.Samples.received;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgscim.audit.Samples;
import io.pgscim.events.Envelope;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntriesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void aRecordThatIsNoEventBecomesAnEntryWithItsDigest() throws Exception {
    Line line = Samples.entry(noise("abc", 12), AT);

    JsonNode entry = JSON.readTree(line.bytes());
    assertThat(entry.path("outcome").asText()).isEqualTo("unreadable");
    assertThat(entry.path("which").path("record").asText()).isEqualTo("identity-events/0/12");
    assertThat(entry.path("details").path("sha256").asText())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(entry.path("details").path("bytes").asInt()).isEqualTo(3);
    assertThat(entry.has("who")).isFalse();
  }

  @Test
  void theSameUnreadableRecordGetsTheSameIdAndAnotherGetsAnother() {
    assertThat(Samples.entry(noise("abc", 12), AT).event())
        .isEqualTo(Samples.entry(noise("abc", 12), AT.plusSeconds(1)).event())
        .isNotEqualTo(Samples.entry(noise("abd", 12), AT).event())
        .isNotEqualTo(Samples.entry(noise("abc", 13), AT).event());
    assertThat(Samples.entry(noise("abc", 12), AT).event().version()).isEqualTo(8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ce_specversion",
        "ce_id",
        "ce_type",
        "ce_source",
        "ce_time",
        "ce_txn",
        "ce_actor",
        "ce_requestedat"
      })
  void anEventWithoutARequiredHeaderIsUnreadable(String header) throws Exception {
    Received whole = received(Samples.added("g", 1), 0, 0);
    Map<String, String> headers = new HashMap<>(whole.headers());
    headers.remove(header);

    Line line =
        Samples.entry(new Received(whole.position(), AT, whole.key(), headers, whole.value()), AT);

    JsonNode entry = JSON.readTree(line.bytes());
    assertThat(entry.path("outcome").asText()).isEqualTo("unreadable");
    assertThat(entry.path("details").path("reason").asText()).contains(header);
  }

  @Test
  void aTombstoneAndAnUnexpectedFormOfEveryHeaderAreEntriesToo() throws Exception {
    Received whole = received(Samples.added("g", 1), 0, 0);

    for (String header : whole.headers().keySet()) {
      Map<String, String> headers = new HashMap<>(whole.headers());
      headers.put(header, "\uD800\u0000\n".repeat(400));
      Line line =
          Samples.entry(
              new Received(whole.position(), AT, whole.key(), headers, whole.value()), AT);
      assertThat(Line.read(line.bytes()).from()).isEqualTo(whole.position());
    }
    Line tombstone =
        Samples.entry(new Received(whole.position(), AT, null, whole.headers(), null), AT);
    assertThat(JSON.readTree(tombstone.bytes()).path("outcome").asText()).isEqualTo("unreadable");
  }

  @Test
  void detailsTooLargeForAnEntryStandBesideItUnderTheirDigest() throws Exception {
    Line line = Samples.entry(received(Samples.changed(70_000), 0, 0), AT);

    JsonNode entry = JSON.readTree(line.bytes());
    assertThat(line.bytes()).hasSizeLessThan(2_000);
    assertThat(entry.path("what").asText()).isEqualTo("grant-privilege");
    assertThat(entry.path("details").path("beside").asText()).isEqualTo(Digest.hex(line.beside()));
    assertThat(JSON.readTree(line.beside()).path("sql").asText()).hasSize(70_000);
  }

  @Test
  void anEntryThatIsTooLargeEvenWithoutDetailsIsUnreadable() throws Exception {
    Envelope event = Samples.added("g", 1);
    Received whole = received(event, 0, 0);
    Map<String, String> headers = new HashMap<>(whole.headers());
    headers.put("ce_traceparent", "0".repeat(70_000));

    Line line =
        Samples.entry(new Received(whole.position(), AT, whole.key(), headers, whole.value()), AT);

    assertThat(JSON.readTree(line.bytes()).path("details").path("reason").asText())
        .isEqualTo("larger than any event of pgscim");
  }
}
