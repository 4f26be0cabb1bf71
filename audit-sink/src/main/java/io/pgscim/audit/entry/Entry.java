package io.pgscim.audit.entry;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * One action on one resource. It holds ids and role names and nothing else about a person: what the
 * log keeps for ever must not need to be erased.
 *
 * @param event the event's id; two entries never share it
 * @param who the actor; null when unknown
 * @param what the action, in words joined by hyphens
 * @param which the resource: {@code user}, {@code group}, {@code role}, {@code cluster}…, by id or
 *     name
 * @param txn what this action has in common with others: one request, one schedule; null when
 *     unknown
 * @param type the CloudEvents type; null when the record is not one
 * @param source the CloudEvents source; null when the record is not one
 * @param trace W3C traceparent; null when there is none
 * @param from where the record stands in Kafka; null when the service made the entry itself
 * @param details what else is known: a map of JSON values
 */
public record Entry(
    UUID event,
    String who,
    String what,
    Map<String, String> which,
    When when,
    Outcome outcome,
    String txn,
    String type,
    String source,
    String trace,
    Position from,
    Map<String, Object> details) {

  /** The version of the form below; a reader refuses one that it does not know. */
  public static final int FORM = 1;

  public Entry {
    Objects.requireNonNull(event, "event");
    Objects.requireNonNull(what, "what");
    Objects.requireNonNull(when, "when");
    Objects.requireNonNull(outcome, "outcome");
    which = sorted(which);
    details = sorted(details);
  }

  private static <V> SortedMap<String, V> sorted(Map<String, V> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }

  Entry withDetails(Map<String, Object> other) {
    return new Entry(event, who, what, which, when, outcome, txn, type, source, trace, from, other);
  }

  /** The bytes that stand in the log, on one line. */
  public byte[] bytes() {
    return CanonicalJson.object(this::fields);
  }

  private void fields(CanonicalJson.Fields entry) {
    entry.field("details", details.isEmpty() ? null : details);
    entry.field("event", event.toString());
    entry.field("form", FORM);
    if (from != null) {
      entry.object("from", from::fields);
    }
    entry.field("outcome", outcome.word());
    entry.field("source", source);
    entry.field("trace", trace);
    entry.field("txn", txn);
    entry.field("type", type);
    entry.field("what", what);
    entry.object("when", when::fields);
    entry.field("which", which);
    entry.field("who", who);
  }
}
