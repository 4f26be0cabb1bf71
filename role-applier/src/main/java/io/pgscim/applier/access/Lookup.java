package io.pgscim.applier.access;

import java.util.List;
import java.util.Objects;
import java.util.SortedSet;

/** What became of the question who can do what to an object. */
public sealed interface Lookup {

  /**
   * The answer.
   *
   * @param kind {@code table}, {@code routine} …; views are tables
   * @param privileges those asked about, all when none was
   */
  record Found(String kind, SortedSet<String> privileges, List<Access> access) implements Lookup {
    public Found {
      Objects.requireNonNull(kind, "kind");
      access = List.copyOf(access);
    }
  }

  /**
   * There is no such object.
   *
   * @param detail a sentence, with what there is instead
   */
  record NoSuchObject(String detail) implements Lookup {}

  /**
   * Such an object has no such privilege.
   *
   * @param detail a sentence, with those that it has
   */
  record NoSuchPrivilege(String detail) implements Lookup {}
}
