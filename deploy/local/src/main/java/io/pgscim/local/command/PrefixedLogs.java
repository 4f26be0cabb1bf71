package io.pgscim.local.command;

import io.pgscim.local.home.Home;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The logs of several parts as one, each line with the part's name in front. */
final class PrefixedLogs {
  static final List<String> ALL =
      List.of("quickstart", "postgresql", "kafka", "scim-ingest", "role-applier", "audit-sink");

  /** Between two looks at the files. */
  static final long PAUSE_MILLIS = 200;

  private final List<Source> sources = new ArrayList<>();

  private record Source(String name, FileTail tail, ByteArrayOutputStream unfinished) {}

  /** From about the last {@code bytes} of each file on. */
  static PrefixedLogs fromLast(Home home, List<String> parts, long bytes) throws IOException {
    PrefixedLogs logs = new PrefixedLogs();
    for (String part : parts) {
      FileTail tail = FileTail.ofLast(home.log(part), bytes);
      Source source = new Source(part, tail, new ByteArrayOutputStream());
      if (tail.startsWithinFile()) {
        tail.copyTo(source.unfinished());
        dropFirstLine(source.unfinished());
      }
      logs.sources.add(source);
    }
    return logs;
  }

  /** Prints the lines that are complete by now. */
  void print(PrintStream out) throws IOException {
    for (Source source : sources) {
      source.tail().copyTo(source.unfinished());
      byte[] bytes = source.unfinished().toByteArray();
      int end = endOfLastLine(bytes);
      new String(bytes, 0, end, StandardCharsets.UTF_8)
          .lines()
          .forEach(line -> out.printf("%-12s | %s%n", source.name(), line));
      source.unfinished().reset();
      source.unfinished().write(bytes, end, bytes.length - end);
    }
  }

  private static int endOfLastLine(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  private static void dropFirstLine(ByteArrayOutputStream lines) {
    byte[] bytes = lines.toByteArray();
    int start = 0;
    while (start < bytes.length && bytes[start] != '\n') {
      start++;
    }
    int rest = Math.min(start + 1, bytes.length);
    lines.reset();
    lines.write(bytes, rest, bytes.length - rest);
  }
}
