package io.pgscim.applier.wanted;

import io.pgscim.applier.policy.GroupMatch;
import io.pgscim.applier.policy.GroupMatch.By;
import io.pgscim.applier.policy.LoginLook;
import io.pgscim.applier.policy.MembershipOptions;
import io.pgscim.applier.policy.Policy;
import io.pgscim.applier.policy.Rule;
import io.pgscim.applier.policy.UserDate;
import io.pgscim.applier.policy.Window;
import io.pgscim.events.UserState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A policy, ready to say what a person should have. */
public final class WantedAccess {
  private final Policy policy;
  private final Set<String> usable;
  private final Map<GroupMatch, List<Rule>> byGroup = new HashMap<>();
  private final Set<By> named = EnumSet.noneOf(By.class);
  private final List<Rule> byUserAlone = new ArrayList<>();

  /**
   * @param usable the access roles that exist and are pgscim's own; no other is ever given
   */
  public WantedAccess(Policy policy, Set<String> usable) {
    this.policy = Objects.requireNonNull(policy, "policy");
    this.usable = Set.copyOf(usable);
    for (Rule rule : policy.rules()) {
      rule.group()
          .ifPresentOrElse(
              group -> {
                byGroup.computeIfAbsent(group, g -> new ArrayList<>()).add(rule);
                named.add(group.by());
              },
              () -> byUserAlone.add(rule));
    }
  }

  /**
   * What the person should have at a moment. A user who is not active has nothing, whatever the
   * policy says.
   */
  public Outlook at(Instant now, Person person) {
    UserState user = person.user();
    Optional<String> nothing = obstacle(user);
    if (nothing.isPresent()) {
      return new Outlook(
          new Wanted.NoAccess(user.id(), user.deleted(), nothing.get()), Optional.empty());
    }
    return new Entitled(now, user).outlook(person);
  }

  /** Why the person should have what {@link #at} says: each rule with each role that it gives. */
  public List<Reason> reasons(Instant now, Person person) {
    if (obstacle(person.user()).isPresent()) {
      return List.of();
    }
    var entitled = new Entitled(now, person.user());
    return entitled.outlook(person).wanted() instanceof Wanted.Login
        ? entitled.reasons()
        : List.of();
  }

  private Optional<String> obstacle(UserState user) {
    return user.deleted()
        ? Optional.of("the user was deleted")
        : !user.active()
            ? Optional.of("the user is not active")
            : policy.loginRoles().condition().matches(user)
                ? Optional.empty()
                : Optional.of(
                    "the user does not satisfy " + policy.loginRoles().condition().text());
  }

  /** The access roles that any rule gives for this group. */
  public Set<String> givenBy(Person.Group group) {
    Set<String> roles = new TreeSet<>();
    rulesFor(group).forEach(rule -> roles.addAll(rule.gives()));
    return roles;
  }

  private List<Rule> rulesFor(Person.Group group) {
    List<Rule> rules = new ArrayList<>();
    for (By by : named) {
      GroupMatch match =
          switch (by) {
            case NAME -> GroupMatch.named(group.displayName());
            case ID -> new GroupMatch(By.ID, group.id());
            case EXTERNAL_ID ->
                group.externalId() == null
                    ? null
                    : new GroupMatch(By.EXTERNAL_ID, group.externalId());
          };
      rules.addAll(byGroup.getOrDefault(match, List.of()));
    }
    return rules;
  }

  /** Somebody who may log in: what the rules give, and until when. */
  private final class Entitled {
    private final Instant now;
    private final UserState user;
    private final Map<String, Given> memberships = new HashMap<>();
    private final List<Reason> reasons = new ArrayList<>();
    private Instant end = Instant.MAX;
    private Instant changes = Instant.MAX;

    Entitled(Instant now, UserState user) {
      this.now = now;
      this.user = user;
    }

    Outlook outlook(Person person) {
      policy
          .loginRoles()
          .authentication()
          .membership()
          .ifPresent(role -> memberships.put(role, Given.by(null, MembershipOptions.USUAL)));
      if (UserDate.ACCESS_UNTIL.isPresent(user)) {
        endsAt(UserDate.ACCESS_UNTIL.of(user).orElse(Instant.MIN));
      }
      byUserAlone.forEach(rule -> apply(rule, null));
      for (Person.Group group : person.groups()) {
        notice(group.from());
        if (group.countsAt(now)) {
          if (group.until() != null) {
            notice(group.until());
          }
          rulesFor(group).forEach(rule -> apply(rule, group));
        }
      }
      if (!end.isAfter(now)) {
        String reason =
            end.equals(Instant.MIN)
                ? "nobody says until when the user has access"
                : "the user had access until " + end;
        return new Outlook(new Wanted.NoAccess(user.id(), false, reason), Optional.empty());
      }
      LoginLook look = policy.loginRoles().lookOf(user);
      return new Outlook(
          new Wanted.Login(
              user.id(),
              RoleName.of(policy.loginRoles().name(), policy.loginRoles().authentication(), user),
              look.connectionLimit(),
              look.settings(),
              memberships),
          changes.equals(Instant.MAX) ? Optional.empty() : Optional.of(changes));
    }

    private void apply(Rule rule, Person.Group group) {
      if (rule.users().isPresent() && !rule.users().get().matches(user)) {
        return;
      }
      Instant ends = rule.window().endFor(user, group == null ? null : group.from());
      if (rule.limitsEverything()) {
        endsAt(ends);
        return;
      }
      notice(ends);
      if (ends.isAfter(now)) {
        for (String role : rule.gives()) {
          if (usable.contains(role)) {
            Given given = Given.by(group == null ? null : group.id(), rule.with());
            memberships.merge(role, given, Given::and);
            reasons.add(new Reason(role, rule, Optional.ofNullable(group), until(ends, group)));
          }
        }
      }
    }

    private static Optional<Instant> until(Instant ends, Person.Group group) {
      Instant until =
          group == null || group.until() == null ? ends : Window.earlier(ends, group.until());
      return until.equals(Instant.MAX) ? Optional.empty() : Optional.of(until);
    }

    /** Once everything was applied: what ends all access ends each of them. */
    List<Reason> reasons() {
      return end.equals(Instant.MAX) ? reasons : reasons.stream().map(r -> r.atMost(end)).toList();
    }

    private void endsAt(Instant moment) {
      end = moment.isBefore(end) ? moment : end;
      notice(moment);
    }

    /** Something is different from this moment on. */
    private void notice(Instant moment) {
      if (moment.isAfter(now) && moment.isBefore(changes)) {
        changes = moment;
      }
    }
  }
}
