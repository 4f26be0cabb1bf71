package io.pgscim.chaos.check;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was found when everything had come to rest.
 *
 * @param directory the facts that SCIM answers with; what is not in it is not so
 * @param keys the ids of people and groups, as the topic has them, by name
 * @param topics every record of every topic, each partition in its order
 * @param ledger the version that the ledger holds, by key
 * @param access what PostgreSQL says: {@code person login}, {@code person role}
 * @param log every entry, in order
 * @param verdict what {@code audit verify} said
 * @param verified whether that was good
 * @param waiting what still waits somewhere, in words; empty when nothing does
 */
public record Ending(
    Set<String> directory,
    Map<String, String> keys,
    List<Told> topics,
    Map<String, Long> ledger,
    Set<String> access,
    List<Entry> log,
    String verdict,
    boolean verified,
    List<String> waiting) {

  public Ending {
    directory = Set.copyOf(directory);
    keys = Map.copyOf(keys);
    topics = List.copyOf(topics);
    ledger = Map.copyOf(ledger);
    access = Set.copyOf(access);
    log = List.copyOf(log);
    waiting = List.copyOf(waiting);
  }

  /**
   * A record of a topic.
   *
   * @param place topic, partition and offset
   * @param event the event's id; a record that was written again has the same
   * @param key the record's key
   * @param version of an identity event; 0 for others
   * @param holds of an identity event whether its user is active, its group exists, its membership
   *     is there
   * @param change of a role change what changed, else null
   */
  public record Told(
      Place place, String event, String key, long version, boolean holds, Change change) {}

  /** Where a record stands. */
  public record Place(String topic, int partition, long offset) {}

  /** A change of a role: the kind, and the role gained or lost. */
  public record Change(String kind, String role, String object) {}

  /** An entry of the log; it has no place when the log's service made it. */
  public record Entry(String event, Place from) {}
}
