package io.pgscim.audit.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which entries are not kept in a folder any more, as the file {@link #LOG} of a log and {@link
 * #ARCHIVE} of an archive: what the log's own entry says, and which entry that is. The entry is
 * signed and decides; the file only says where to look.
 *
 * @param entry the index of the entry {@code prune-log}
 */
public record Pruned(Prune prune, long entry) {
  /** In a log: entries below the minimum may be missing. */
  public static final String LOG = "minimum-index";

  /** In an archive: only entries from its first up to the minimum must be there. */
  public static final String ARCHIVE = "archive";

  private static final int FORM = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  public Pruned {
    if (entry < prune.minimum()) {
      throw new IllegalArgumentException("entry " + entry + " is itself below the minimum");
    }
  }

  /** The file. */
  public byte[] bytes() {
    Map<String, Object> fields = new TreeMap<>(prune.fields());
    fields.put("entry", entry);
    fields.put("form", FORM);
    return CanonicalJson.write(fields);
  }

  /** Empty when the bytes are not what {@link #bytes} writes. */
  public static Optional<Pruned> read(byte[] bytes) {
    try {
      JsonNode fields = JSON.readTree(bytes);
      var pruned = new Pruned(Prune.read(fields), fields.path("entry").asLong(-1));
      return Arrays.equals(pruned.bytes(), bytes) ? Optional.of(pruned) : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Why an entry below the minimum cannot be given. */
  public NotKept refusal(long index) {
    return new NotKept(
        "entry %d was pruned: entries before %d lie in the archive %s, as entry %d says; audit reads them there"
            .formatted(index, prune.minimum(), prune.archive(), entry));
  }
}
