package io.pgscim.chaos.traffic;

import io.pgscim.chaos.check.Rules;
import io.pgscim.chaos.history.Fact;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Who is there and who is in what, as the identity provider sees it: every push that came through
 * is in it. Departments give roles; teams give nothing until they are in a department.
 */
final class Company {
  static final Map<String, String> DEPARTMENTS =
      Map.of("sales", "chaos_sales", "support", "chaos_support", "finance", "chaos_finance");
  static final List<String> TEAMS = List.of("team-north", "team-south");

  /** Behind every user name: no other role of the cluster ends so. */
  static final String DOMAIN = ".chaos";

  private final Set<String> facts = ConcurrentHashMap.newKeySet();
  private final Map<String, String> groups = new TreeMap<>();
  private final Map<String, String> people = new ConcurrentHashMap<>();
  private final Map<String, ReadWriteLock> locks = new TreeMap<>();

  Company() {
    DEPARTMENTS.keySet().forEach(group -> locks.put(group, new ReentrantReadWriteLock()));
    TEAMS.forEach(group -> locks.put(group, new ReentrantReadWriteLock()));
  }

  static Rules rules() {
    return new Rules(DEPARTMENTS, Set.copyOf(TEAMS));
  }

  /** Names of the groups, in order. */
  List<String> groups() {
    return List.copyOf(locks.keySet());
  }

  /** One group's members change one by one under the read lock, all at once under the other. */
  ReadWriteLock lock(String group) {
    return locks.get(group);
  }

  void founded(String group, String id) {
    groups.put(group, id);
  }

  void hired(String person, String id) {
    people.put(person, id);
  }

  String groupId(String group) {
    return groups.get(group);
  }

  String personId(String person) {
    return people.get(person);
  }

  void became(Map<String, Boolean> sets) {
    sets.forEach(
        (fact, value) -> {
          if (value) {
            facts.add(fact);
          } else {
            facts.remove(fact);
          }
        });
  }

  boolean isSo(String fact) {
    return facts.contains(fact);
  }

  /** Direct members, in order. */
  List<String> members(String group) {
    return people.keySet().stream()
        .filter(person -> isSo(Fact.member(group, person)))
        .sorted()
        .toList();
  }

  /** Groups in a group, in order. */
  List<String> nestedIn(String group) {
    return TEAMS.stream().filter(team -> isSo(Fact.nested(group, team))).toList();
  }

  /** Everybody and everything that ever was, by name, as the topic calls them. */
  Map<String, String> keys() {
    Map<String, String> keys = new TreeMap<>();
    groups.forEach((name, id) -> keys.put(name, "group/" + id));
    people.forEach((name, id) -> keys.put(name, "user/" + id));
    return keys;
  }
}
