package io.pgscim.chaos.history;

/**
 * The names of what a push makes true or false. People and groups stand in them by the names that
 * the identity provider has for them.
 */
public final class Fact {
  private Fact() {}

  /** The person exists and is active. */
  public static String active(String person) {
    return "active/" + person;
  }

  /** The person is a direct member. */
  public static String member(String group, String person) {
    return "member/" + group + "/" + person;
  }

  /** Everybody in one group is in the other too. */
  public static String nested(String parent, String child) {
    return "nested/" + parent + "/" + child;
  }

  /** The person whom it is about; null when it is about nobody in particular. */
  public static String person(String fact) {
    return fact.startsWith("nested/") ? null : fact.substring(fact.lastIndexOf('/') + 1);
  }
}
