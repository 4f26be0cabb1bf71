package io.pgscim.applier.plan;

import io.pgscim.applier.current.Candidate;
import io.pgscim.applier.current.CurrentLogin;
import io.pgscim.applier.current.HeldMembership;
import io.pgscim.applier.current.NameHolder;
import io.pgscim.applier.plan.RoleChange.Adopt;
import io.pgscim.applier.plan.RoleChange.ApplySetting;
import io.pgscim.applier.plan.RoleChange.CreateLogin;
import io.pgscim.applier.plan.RoleChange.CreatePrincipal;
import io.pgscim.applier.plan.RoleChange.DisableLogin;
import io.pgscim.applier.plan.RoleChange.DropSetting;
import io.pgscim.applier.plan.RoleChange.EnableLogin;
import io.pgscim.applier.plan.RoleChange.LimitConnections;
import io.pgscim.applier.plan.RoleChange.TakeAttribute;
import io.pgscim.applier.policy.Authentication;
import io.pgscim.applier.policy.MembershipOptions;
import io.pgscim.applier.wanted.RoleName;
import io.pgscim.applier.wanted.Wanted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Compares what users should have with what their login roles have. */
public final class LoginPlanner {
  private final Memberships memberships;
  private final Authentication authentication;
  private final Map<String, CurrentLogin> current = new HashMap<>();
  private final NameAllocation names;
  private final List<RoleChange> changes = new ArrayList<>();
  private final List<Refusal> refusals = new ArrayList<>();

  private LoginPlanner(
      Memberships memberships, Authentication authentication, Map<String, NameHolder> holders) {
    this.memberships = memberships;
    this.authentication = authentication;
    this.names = new NameAllocation(holders);
  }

  /**
   * The names for which {@link #plan} has to know the holders: those that somebody wants and does
   * not have.
   */
  public static Set<String> unsettledNames(
      Collection<Wanted> wanted, Map<String, CurrentLogin> current) {
    Set<String> names = new TreeSet<>();
    for (Wanted one : wanted) {
      if (one instanceof Wanted.Login login
          && login.name() instanceof RoleName.Fit fit
          && !fit.name().equals(nameOf(current.get(login.userId())))) {
        names.add(fit.name());
      }
    }
    return names;
  }

  /** What has to change, where nothing is adopted. */
  public static Plan plan(
      Memberships memberships,
      Collection<Wanted> wanted,
      Map<String, CurrentLogin> current,
      Map<String, NameHolder> holders) {
    return plan(memberships, Authentication.PASSWORD, wanted, current, Map.of(), holders);
  }

  /**
   * What has to change.
   *
   * @param current the login roles that exist, by user id
   * @param candidates the roles that become those of users who have none, by user id
   * @param holders who has the {@link #unsettledNames}, where anybody has
   */
  public static Plan plan(
      Memberships memberships,
      Authentication authentication,
      Collection<Wanted> wanted,
      Map<String, CurrentLogin> current,
      Map<String, Candidate> candidates,
      Map<String, NameHolder> holders) {
    var planner = new LoginPlanner(memberships, authentication, holders);
    planner.current.putAll(current);
    planner.adopt(candidates);
    List<Wanted> possible =
        wanted.stream()
            .filter(one -> !candidates.containsKey(one.userId()) || planner.has(one.userId()))
            .toList();
    possible.forEach(planner::claim);
    planner.names.settle();
    planner.changes.addAll(planner.names.renames());
    planner.refusals.addAll(planner.names.refusals());
    possible.forEach(planner::plan);
    return new Plan(planner.changes, planner.refusals);
  }

  /** Who was to have a role that cannot be adopted gets no other in its place. */
  private void adopt(Map<String, Candidate> candidates) {
    candidates.forEach(
        (userId, candidate) -> {
          Subject subject = Subject.user(userId);
          String name = candidate.role().name();
          candidate
              .obstacle()
              .ifPresentOrElse(
                  obstacle ->
                      refusals.add(Refusal.of(subject, name, "adopt role " + name, obstacle)),
                  () -> {
                    changes.add(new Adopt(subject, name));
                    current.put(userId, candidate.role());
                  });
        });
  }

  private boolean has(String userId) {
    return current.containsKey(userId);
  }

  private void claim(Wanted wanted) {
    if (wanted instanceof Wanted.Login login) {
      String now = nameOf(current.get(login.userId()));
      switch (login.name()) {
        case RoleName.Fit(String name) when !name.equals(now) ->
            names.claim(login.userId(), now, name);
        case RoleName.Fit fit -> {}
        case RoleName.Unfit(String attempted, String reason) ->
            refusals.add(
                Refusal.of(
                    Subject.user(login.userId()),
                    attempted,
                    now == null ? "create login role " + attempted : "rename " + now + " to it",
                    reason));
      }
    }
  }

  private void plan(Wanted wanted) {
    CurrentLogin role = current.get(wanted.userId());
    switch (wanted) {
      case Wanted.NoAccess none -> {
        if (role != null) {
          close(Subject.user(none.userId()), role);
        }
      }
      case Wanted.Login login when role != null -> keep(login, role);
      case Wanted.Login login -> create(login);
    }
  }

  private void create(Wanted.Login login) {
    String name = names.granted(login.userId());
    if (name == null) {
      return; // Refused, and said so.
    }
    Subject subject = Subject.user(login.userId());
    switch (authentication) {
      case ENTRA -> changes.add(new CreatePrincipal(subject, name, login.connectionLimit()));
      case CLOUDSQL_IAM -> {
        refusals.add(madeByProvider(subject, name));
        return;
      }
      case PASSWORD, RDS_IAM, CERTIFICATE, OAUTH ->
          changes.add(new CreateLogin(subject, name, login.connectionLimit()));
    }
    login.settings().forEach((k, v) -> changes.add(new ApplySetting(subject, name, k, v)));
    changes.addAll(memberships.between(subject, options(login), name, name, List.of()));
  }

  private static Refusal madeByProvider(Subject subject, String name) {
    return Refusal.of(
        subject,
        name,
        "create login role " + name,
        "only Cloud SQL's API makes a role that logs in by IAM: gcloud sql users create (type"
            + " cloud_iam_user or cloud_iam_service_account), then list it under"
            + " login_roles.adopt");
  }

  /**
   * A name that could not be had leaves the role under the one it has, with the access it gives.
   */
  private void keep(Wanted.Login login, CurrentLogin role) {
    Subject subject = Subject.user(login.userId());
    String granted = names.granted(login.userId());
    String name = granted == null ? role.name() : granted;
    takeAttributes(subject, role);
    if (!role.canLogin()) {
      changes.add(new EnableLogin(subject, name));
    }
    if (role.connectionLimit() != login.connectionLimit()) {
      changes.add(new LimitConnections(subject, name, login.connectionLimit()));
    }
    settings(subject, name, login, role);
    changes.addAll(
        memberships.between(subject, options(login), role.name(), name, role.memberships()));
  }

  private static Map<String, MembershipOptions> options(Wanted.Login login) {
    Map<String, MembershipOptions> options = new HashMap<>();
    login.memberships().forEach((access, given) -> options.put(access, given.with()));
    return options;
  }

  private void settings(Subject subject, String name, Wanted.Login login, CurrentLogin role) {
    login
        .settings()
        .forEach(
            (key, value) -> {
              if (!value.equals(role.settings().get(key))) {
                changes.add(new ApplySetting(subject, name, key, value));
              }
            });
    for (String key : role.everSet()) {
      if (!login.settings().containsKey(key)) {
        changes.add(new DropSetting(subject, name, key));
      }
    }
  }

  /** No login and no membership at all, whoever gave it: what the role owns stays with it. */
  private void close(Subject subject, CurrentLogin role) {
    if (role.canLogin()) {
      changes.add(new DisableLogin(subject, role.name()));
    }
    takeAttributes(subject, role);
    for (HeldMembership held : role.memberships()) {
      changes.add(memberships.revoke(subject, role.name(), held, true));
    }
  }

  private void takeAttributes(Subject subject, CurrentLogin role) {
    role.attributes()
        .forEach(attribute -> changes.add(new TakeAttribute(subject, role.name(), attribute)));
  }

  private static String nameOf(CurrentLogin role) {
    return role == null ? null : role.name();
  }
}
