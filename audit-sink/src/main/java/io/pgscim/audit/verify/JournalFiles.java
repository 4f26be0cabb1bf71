package io.pgscim.audit.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgscim.audit.tlog.Hash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * The newest entries, as the sink made them durable before they were signed: {@code journal/} and
 * {@code state}. Each write ends with a line that has a checksum of its segment so far; what
 * follows the last such line is a write that goes on, or did not finish. Those that are signed as
 * well must be the same.
 */
final class JournalFiles implements Companion {
  static final String FOLDER = "journal";
  private static final String STATE = "state";
  private static final Pattern NAME = Pattern.compile("([0-9]{12,18})\\.jsonl");
  private static final Pattern CLOSING =
      Pattern.compile("\\{\"crc32c\":\"([0-9a-f]{8})\",\"next\":([0-9]{1,18})}");
  private static final int LONGEST_CLOSING = 60;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path root;
  private final Map<Long, Place> entries = new HashMap<>();
  private final Map<String, Long> stated = new TreeMap<>();
  private final Positions positions = new Positions();
  private final long begins;

  private record Place(String segment, Hash leaf) {}

  JournalFiles(Path root) throws IOException {
    this.root = root;
    // The sink writes the state before it deletes what that no longer needs.
    begins = state();
    SortedMap<Long, String> segments = segments().tailMap(begins);
    if (begins > 0 && !segments.containsKey(begins)) {
      throw new Wrong(
          STATE, "says that the journal begins with entry %d, no segment does".formatted(begins));
    }
    long next = begins;
    for (var segment : segments.entrySet()) {
      if (segment.getKey() != next) {
        throw new Wrong(
            segment.getValue(),
            "begins with entry %d, %d should follow".formatted(segment.getKey(), next));
      }
      next = read(segment.getValue(), next, segment.getKey().equals(segments.lastKey()));
    }
  }

  private long state() throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(root.resolve(STATE));
    } catch (NoSuchFileException e) {
      return 0;
    }
    // Canonical JSON: the checksum stands between two others, and is over what is there without it.
    String text = new String(bytes, StandardCharsets.UTF_8);
    Matcher checksum = Pattern.compile("\"crc32c\":\"([0-9a-f]{8})\",").matcher(text);
    if (!checksum.find()
        || !checksum
            .group(1)
            .equals(crc(checksum.replaceFirst("").getBytes(StandardCharsets.UTF_8)))) {
      throw new Wrong(STATE, "was changed: its checksum is of other bytes");
    }
    JsonNode state = JSON.readTree(text);
    state
        .path("next")
        .properties()
        .forEach(one -> stated.put(one.getKey(), one.getValue().asLong()));
    return state.path("begins").asLong();
  }

  private SortedMap<Long, String> segments() throws IOException {
    var segments = new TreeMap<Long, String>();
    Path folder = root.resolve(FOLDER);
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Matcher name = NAME.matcher(file.getFileName().toString());
          if (name.matches()) {
            segments.put(Long.parseLong(name.group(1)), FOLDER + "/" + name.group());
          }
        }
      }
    }
    return segments;
  }

  /**
   * Reads a segment.
   *
   * @return the index behind its last entry
   */
  private long read(String name, long first, boolean last) throws IOException {
    byte[] bytes = Files.readAllBytes(root.resolve(name));
    var crc = new CRC32C();
    Map<Long, Place> write = new HashMap<>();
    long next = first;
    int start = 0;
    int good = 0;
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] != '\n') {
        continue;
      }
      Matcher closing = closing(bytes, start, at);
      if (closing == null) {
        write.put(
            next + write.size(), new Place(name, Hash.leaf(Arrays.copyOfRange(bytes, start, at))));
      } else {
        boolean whole =
            closing.group(1).equals("%08x".formatted(crc.getValue()))
                && Long.parseLong(closing.group(2)) == next + write.size();
        if (!whole && last && at + 1 == bytes.length) {
          break;
        }
        if (!whole) {
          throw new Wrong(
              name,
              "the write at byte %d, entry %d on, was changed or is incomplete"
                  .formatted(good, next));
        }
        next += write.size();
        entries.putAll(write);
        write.clear();
        good = at + 1;
      }
      crc.update(bytes, start, at + 1 - start);
      start = at + 1;
    }
    // Nothing is signed before its write is whole: what is signed of this one must be the same,
    // too.
    entries.putAll(write);
    if (good < bytes.length && !last) {
      throw new Wrong(name, "ends inside the write at byte %d, entry %d on".formatted(good, next));
    }
    return next;
  }

  private static Matcher closing(byte[] bytes, int start, int end) {
    if (end - start > LONGEST_CLOSING) {
      return null;
    }
    Matcher closing =
        CLOSING.matcher(new String(bytes, start, end - start, StandardCharsets.ISO_8859_1));
    return closing.matches() ? closing : null;
  }

  private static String crc(byte[] bytes) {
    var crc = new CRC32C();
    crc.update(bytes);
    return "%08x".formatted(crc.getValue());
  }

  @Override
  public void entry(long index, byte[] bundle, int start, int end) throws IOException {
    if (index < begins) {
      positions.entry(bundle, start, end);
    }
    Place here = entries.get(index);
    if (here != null && !here.leaf().equals(Hash.leaf(Arrays.copyOfRange(bundle, start, end)))) {
      throw new Wrong(here.segment(), "entry " + index + " is not the one in the bundles");
    }
  }

  /** From where the sink reads on after its next start: further, and records would be missing. */
  @Override
  public void end(Map<String, Long> before, long until) throws IOException {
    if (begins == 0 || begins > until) {
      return;
    }
    Map<String, Long> said = positions.behind(before);
    var partitions = new TreeSet<>(said.keySet());
    partitions.addAll(stated.keySet());
    for (String partition : partitions) {
      long inEntries = said.getOrDefault(partition, 0L);
      long inState = stated.getOrDefault(partition, 0L);
      if (inEntries != inState) {
        throw new Wrong(
            STATE,
            "says that %s was taken up to offset %d, the entries before %d go to %d"
                .formatted(partition, inState, begins, inEntries));
      }
    }
  }
}
