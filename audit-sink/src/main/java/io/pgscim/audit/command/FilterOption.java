package io.pgscim.audit.command;

import io.pgscim.audit.export.Filter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which entries: all that are given must be equal. */
final class FilterOption {
  @Option(names = "--user", paramLabel = "ID", description = "Only about this person, by id.")
  private String user;

  @Option(names = "--role", paramLabel = "NAME", description = "Only about this role.")
  private String role;

  @Option(names = "--group", paramLabel = "ID", description = "Only about this group, by id.")
  private String group;

  @Option(
      names = "--object",
      paramLabel = "NAME",
      description = "Only about what was gained or lost: an access role, a table.")
  private String object;

  @Option(names = "--cluster", paramLabel = "NAME", description = "Only about this cluster.")
  private String cluster;

  @Option(names = "--directory", paramLabel = "NAME", description = "Only of this source.")
  private String directory;

  @Option(names = "--what", paramLabel = "ACTION", description = "Only this, as grant-membership.")
  private String what;

  @Option(names = "--who", paramLabel = "ACTOR", description = "Only what this one set off.")
  private String who;

  @Option(names = "--outcome", paramLabel = "WORD", description = "Only what ended so, as refused.")
  private String outcome;

  @Option(names = "--txn", paramLabel = "TXN", description = "Only what this request set off.")
  private String txn;

  @Option(names = "--event", paramLabel = "ID", description = "Only the entry of this event.")
  private String event;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = Time.class,
      description = "Only what happened then or later: 2026-11-25 (UTC) or 2026-11-25T17:00:00Z.")
  private Instant since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = Time.class,
      description = "Only what happened before.")
  private Instant until;

  Filter filter() {
    Map<String, String> own = new LinkedHashMap<>();
    put(own, "what", what);
    put(own, "who", who);
    put(own, "outcome", outcome);
    put(own, "txn", txn);
    put(own, "event", event);
    Map<String, String> which = new LinkedHashMap<>();
    put(which, "user", user);
    put(which, "role", role);
    put(which, "group", group);
    put(which, "object", object);
    put(which, "cluster", cluster);
    put(which, "directory", directory);
    return new Filter(own, which, since, until);
  }

  private static void put(Map<String, String> wanted, String name, String value) {
    if (value != null) {
      wanted.put(name, value);
    }
  }

  /** An instant, or the beginning of a day. */
  static final class Time implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
      try {
        return text.length() == 10
            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
            : Instant.parse(text);
      } catch (DateTimeParseException e) {
        throw new TypeConversionException(
            "'" + text + "' is no time: 2026-11-25 or 2026-11-25T17:00:00Z");
      }
    }
  }
}
