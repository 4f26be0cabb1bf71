package io.pgscim.applier;

import io.pgscim.applier.policy.UserDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A policy twice: as the file that the applier reads, and as the model understands it.
 *
 * @param lockTimeout null where the policy does not set it
 */
record Variant(
    String name,
    List<Access> access,
    List<Gift> gifts,
    int connections,
    String statementTimeout,
    String lockTimeout) {

  /** What a grant is in the file, and what of it the catalogs have. */
  enum Grant {
    CONNECT("privileges: [CONNECT]"),
    SALES("schema: sales, privileges: [USAGE]"),
    READ("schema: sales, tables: '*', privileges: [SELECT]"),
    WRITE("schema: sales, tables: '*', privileges: [INSERT, UPDATE]"),
    COUNT("schema: sales, sequences: '*', privileges: [USAGE]"),
    CRM("schema: crm, privileges: [USAGE]"),
    COUNTRIES("schema: crm, table: customers, columns: [id, country], privileges: [SELECT]");

    private final String yaml;

    Grant(String yaml) {
      this.yaml = yaml;
    }

    Set<String> held(Set<String> tables) {
      return switch (this) {
        case CONNECT -> Set.of("database CONNECT");
        case SALES -> Set.of("schema sales USAGE");
        case CRM -> Set.of("schema crm USAGE");
        case COUNTRIES -> Set.of("column customers.id SELECT", "column customers.country SELECT");
        case COUNT -> Set.of("S numbers USAGE", "default sales S USAGE");
        case READ -> onTables(tables, "SELECT");
        case WRITE -> {
          Set<String> both = onTables(tables, "INSERT");
          both.addAll(onTables(tables, "UPDATE"));
          yield both;
        }
      };
    }

    private static Set<String> onTables(Set<String> tables, String privilege) {
      Set<String> held = new TreeSet<>(Set.of("default sales r " + privilege));
      tables.forEach(table -> held.add("r " + table + " " + privilege));
      return held;
    }
  }

  /** An access role. */
  record Access(String role, Set<String> memberOf, Set<Grant> grants) {}

  /**
   * A rule.
   *
   * @param group null = for users of the department, whatever their groups
   * @param department null = for everybody in the group
   * @param oneHour counts for one hour after joining
   * @param whileDated all access of those users ends with their date
   */
  record Gift(
      String group,
      String department,
      Set<String> roles,
      boolean inherit,
      boolean oneHour,
      boolean whileDated) {
    static Gift of(String group, String role) {
      return new Gift(group, null, Set.of(role), true, false, false);
    }
  }

  /** Those that a history goes through. */
  static List<Variant> of(World world) {
    String readers = "readers-" + world.tag;
    String writers = "writers-" + world.tag;
    String oncall = "oncall-" + world.tag;
    String auditor = "auditor_" + world.tag;
    var reads =
        new Access(
            world.reader,
            Set.of(),
            Set.of(Grant.CONNECT, Grant.SALES, Grant.READ, Grant.CRM, Grant.COUNTRIES));
    var writes = new Access(world.writer, Set.of(world.reader), Set.of(Grant.WRITE, Grant.COUNT));
    var audits = new Access(auditor, Set.of(), Set.of(Grant.CONNECT, Grant.SALES, Grant.READ));
    return List.of(
        new Variant(
            "usual",
            List.of(reads, writes),
            List.of(Gift.of(readers, world.reader), Gift.of(writers, world.writer)),
            -1,
            "5min",
            null),
        new Variant(
            "windows",
            List.of(reads, writes),
            List.of(
                Gift.of(readers, world.reader),
                new Gift(oncall, null, Set.of(world.writer), true, true, false),
                new Gift(null, "temp", Set.of(), true, false, true)),
            5,
            "1min",
            "10s"),
        new Variant(
            "narrow",
            List.of(
                new Access(world.reader, Set.of(), Set.of(Grant.CONNECT, Grant.SALES, Grant.READ)),
                audits),
            List.of(
                new Gift(null, "finance", Set.of(auditor), true, false, false),
                new Gift(readers, null, Set.of(world.reader), false, false, false)),
            -1,
            "5min",
            "20s"),
        new Variant(
            "wide",
            List.of(
                reads,
                new Access(world.writer, Set.of(), Set.of(Grant.WRITE, Grant.SALES)),
                audits),
            List.of(
                new Gift(oncall, "finance", Set.of(world.reader, auditor), true, false, false),
                new Gift(oncall, null, Set.of(world.reader), false, true, false),
                Gift.of(writers, world.writer)),
            20,
            "1min",
            null));
  }

  /** The policy file. */
  String yaml(World world) {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "cluster: " + world.tag,
                "databases: [" + world.app + "]",
                "owners: [" + world.owner + "]",
                "login_roles:",
                "  for: 'active eq true and userType eq \"" + world.tag + "\"'",
                "  name: '{userName}'",
                "  connection_limit: " + connections,
                "  settings:",
                "    statement_timeout: " + statementTimeout));
    if (lockTimeout != null) {
      lines.add("    lock_timeout: " + lockTimeout);
    }
    lines.add("access_roles:");
    for (Access role : access) {
      lines.add("  " + role.role() + ":");
      lines.add("    member_of: [" + String.join(", ", role.memberOf()) + "]");
      lines.add("    grants:");
      role.grants()
          .forEach(
              grant -> lines.add("      - { database: " + world.app + ", " + grant.yaml + " }"));
    }
    lines.add("rules:");
    gifts.forEach(gift -> lines.add("  - { " + rule(gift) + " }"));
    return String.join("\n", lines) + "\n";
  }

  private static String rule(Gift gift) {
    List<String> words = new ArrayList<>();
    if (gift.group() != null) {
      words.add("group: " + gift.group());
    }
    if (gift.department() != null) {
      words.add("users: 'displayName eq \"" + gift.department() + "\"'");
    }
    words.add("gives: [" + String.join(", ", new TreeSet<>(gift.roles())) + "]");
    if (!gift.inherit()) {
      words.add("with: { inherit: false, set: true }");
    }
    if (gift.oneHour()) {
      words.add("for: 1h");
    }
    if (gift.whileDated()) {
      words.add("until: '" + UserDate.ACCESS_UNTIL + "'");
    }
    return words.stream().collect(Collectors.joining(", "));
  }

  /** What the access roles hold in the database, as {@code role: what}. */
  Set<String> privileges(Set<String> tables) {
    Set<String> held = new TreeSet<>();
    for (Access role : access) {
      role.grants()
          .forEach(grant -> grant.held(tables).forEach(one -> held.add(role.role() + ": " + one)));
      role.memberOf().forEach(parent -> held.add(role.role() + ": member of " + parent));
    }
    return held;
  }
}
