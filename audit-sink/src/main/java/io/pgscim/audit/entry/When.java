package io.pgscim.audit.entry;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgscim.events.Instants;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Objects;

/**
 * The instants of one action, each by the clock of whoever says so.
 *
 * @param requested the request that set it off arrived; null when unknown
 * @param happened just before the commit that made it true
 * @param recorded its producer saw that commit done; null when unknown
 * @param logged the log took it
 */
public record When(Instant requested, Instant happened, Instant recorded, Instant logged) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public When {
    Objects.requireNonNull(happened, "happened");
    Objects.requireNonNull(logged, "logged");
  }

  /**
   * When the log took an entry.
   *
   * @throws IOException when the bytes are no entry
   */
  public static Instant logged(byte[] entry) throws IOException {
    try {
      return Instant.parse(JSON.readTree(entry).path("when").path("logged").asText());
    } catch (DateTimeParseException e) {
      throw new IOException("no entry: " + e.getMessage(), e);
    }
  }

  void fields(CanonicalJson.Fields when) {
    when.field("happened", Instants.text(happened));
    when.field("logged", Instants.text(logged));
    when.field("recorded", recorded == null ? null : Instants.text(recorded));
    when.field("requested", requested == null ? null : Instants.text(requested));
  }
}
