package io.pgscim.applier.access;

import io.pgscim.applier.access.Access.RowSecurity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Decides who can do what to an object, as PostgreSQL would (its {@code aclchk.c} and {@code
 * acl.c}), and by which ways. Of each way that has several forms the one that works comes first: at
 * once before after {@code SET ROLE}, and what is not blocked before what is.
 */
final class WhoCan {
  private static final Set<String> ON_ROWS = Set.of("SELECT", "INSERT", "UPDATE", "DELETE");

  private final Target target;
  private final Roles roles;
  private final Predicate<Role> subjects;
  private final Set<Long> connecting;
  private final Set<Long> using;
  private final List<Access> found = new ArrayList<>();

  private WhoCan(Target target, Roles roles, Predicate<Role> subjects) {
    this.target = target;
    this.roles = roles;
    this.subjects = subjects;
    this.connecting = holders(target.database(), "CONNECT");
    this.using = target.schema().map(schema -> holders(schema, "USAGE")).orElseGet(this::everybody);
  }

  /**
   * Every way of every subject, by its name.
   *
   * @param privileges those asked about
   * @param subjects the roles asked about
   */
  static List<Access> of(
      Target target, Set<String> privileges, Roles roles, Predicate<Role> subjects) {
    var asking = new WhoCan(target, roles, subjects);
    Set<String> some = new TreeSet<>(privileges);
    some.retainAll(target.privileges());
    for (Source source : withColumnsTogether(target, some, roles)) {
      asking.follow(source);
    }
    asking.found.sort(
        Comparator.comparing(Access::login)
            .thenComparing(access -> !access.obstacles().isEmpty())
            .thenComparing(access -> access.setRole().isPresent())
            .thenComparing(access -> !access.columns().isEmpty()));
    return asking.found;
  }

  private static List<Source> withColumnsTogether(
      Target target, Set<String> privileges, Roles roles) {
    List<Source> sources = new ArrayList<>(Source.of(target.object(), privileges, roles));
    record Same(long holder, Set<String> privileges, Set<String> grantable) {}
    Map<Same, Source> together = new LinkedHashMap<>();
    for (SecuredObject column : target.columns()) {
      for (Source one : Source.of(column, privileges, roles)) {
        together.merge(
            new Same(one.holder(), one.privileges(), one.grantable()), one, Source::andColumns);
      }
    }
    sources.addAll(together.values());
    return sources;
  }

  private void follow(Source source) {
    Map<Long, Chain> direct = direct(source);
    Map<Long, Chain> usable = new LinkedHashMap<>();
    Map<Long, Chain> blocked = new LinkedHashMap<>();
    direct.forEach((role, chain) -> (using.contains(role) ? usable : blocked).put(role, chain));
    Map<Long, Chain> become = roles.whoCanBecome(usable);
    Map<Long, Chain> becomeBlocked = roles.whoCanBecome(blocked);
    Set<Long> reached = new LinkedHashSet<>(direct.keySet());
    reached.addAll(become.keySet());
    reached.addAll(becomeBlocked.keySet());
    for (long oid : reached) {
      Role login = roles.of(oid);
      boolean itself = !source.inherited() && source.holder() == oid;
      if (!subjects.test(login) || login.superuser() && !itself) {
        continue; // A superuser needs no other way.
      }
      Chain own = direct.get(oid);
      if (own != null) {
        add(login, source, own, false);
      }
      Chain other = become.get(oid);
      if (other == null && own == null) {
        other = becomeBlocked.get(oid);
      }
      if (other != null) {
        add(login, source, other, true);
      }
    }
  }

  private void add(Role login, Source source, Chain chain, boolean setRole) {
    Role as = setRole ? roles.of(chain.as()) : login;
    List<String> obstacles = new ArrayList<>();
    target.database().refused().ifPresent(obstacles::add);
    if (!connecting.contains(login.oid())) {
      obstacles.add("no CONNECT on the database");
    }
    if (!using.contains(as.oid())) {
      obstacles.add("no USAGE on the schema");
    }
    source.obstacle().ifPresent(obstacles::add);
    found.add(
        new Access(
            login.name(),
            login.oid(),
            new TreeSet<>(source.privileges()),
            new TreeSet<>(source.grantable()),
            source.columns(),
            source.path().apply(chain.steps()),
            setRole ? Optional.of(as.name()) : Optional.empty(),
            obstacles,
            rowSecurity(source, as)));
  }

  private RowSecurity rowSecurity(Source source, Role as) {
    SecuredObject table = target.object();
    if (!table.rowSecurity() || source.privileges().stream().noneMatch(ON_ROWS::contains)) {
      return RowSecurity.NONE;
    }
    boolean bypassed =
        as.superuser()
            || as.bypassRowSecurity()
            || !table.forced() && roles.inheritors(table.owner()).containsKey(as.oid());
    return bypassed ? RowSecurity.BYPASSED : RowSecurity.APPLIES;
  }

  /** Who has it without SET ROLE. */
  private Map<Long, Chain> direct(Source source) {
    if (source.holder() == SecuredObject.EVERYBODY) {
      Map<Long, Chain> all = new HashMap<>();
      roles.all().forEach(role -> all.put(role.oid(), Chain.of(role.oid())));
      return all;
    }
    return source.inherited()
        ? roles.inheritors(source.holder())
        : Map.of(source.holder(), Chain.of(source.holder()));
  }

  private Set<Long> holders(SecuredObject object, String privilege) {
    Set<Long> holders = new HashSet<>();
    for (Source source : Source.of(object, Set.of(privilege), roles)) {
      if (source.obstacle().isEmpty()) {
        holders.addAll(direct(source).keySet());
      }
    }
    return holders;
  }

  private Set<Long> everybody() {
    Set<Long> all = new HashSet<>();
    roles.all().forEach(role -> all.add(role.oid()));
    return all;
  }
}
