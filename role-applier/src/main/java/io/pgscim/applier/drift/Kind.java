package io.pgscim.applier.drift;

import java.util.Locale;

/** The closed set of findings, in the order in which a report shows them. */
public enum Kind {
  TOO_MUCH("Too much", "access that the policy does not give"),
  OTHER_GRANTOR("Memberships by other grantors", "access that somebody gave beside pgscim"),
  ATTRIBUTES("Attributes", "SUPERUSER, CREATEROLE and the like, which no role of pgscim has"),
  LOGIN("Login", "who may log in and should not, or should and may not"),
  TOO_LITTLE("Too little", "access that the policy gives and that is missing"),
  SETTINGS("Settings", "connection limits and parameters that are not as the policy says"),
  NAME("Names", "roles that have another name than they should"),
  ADOPTION("To be adopted", "roles that the policy takes over and that are not pgscim's yet"),
  REFUSED("Refused", "what the policy wants and cannot have"),
  PAST_ACCESS_ROLES(
      "Privileges past the access roles", "privileges granted to people's login roles themselves"),
  OWNERSHIP("Ownership", "what people's login roles own, and so may do everything with"),
  DEFAULT_PRIVILEGES(
      "Default privileges", "what people's login roles give others on all they will make"),
  OUTSIDER("Outsiders", "members of pgscim's roles that pgscim does not manage"),
  MEMBER_ELSEWHERE("Members elsewhere", "pgscim's roles as members of roles of others"),
  STRANGER(
      "Strangers",
      "login roles of people whom the directory never told of: nothing decides on them"),
  UNSEEN("Not seen", "databases that could not be looked at");

  /** Its heading. */
  final String title;

  /** What is found under it. */
  final String meaning;

  Kind(String title, String meaning) {
    this.title = title;
    this.meaning = meaning;
  }

  /** As JSON has it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
