package io.pgscim.applier;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pgscim.applier.access.Access;
import io.pgscim.applier.access.Because;
import io.pgscim.applier.access.Lookup;
import io.pgscim.applier.access.Path;
import io.pgscim.applier.access.Step;
import io.pgscim.applier.policy.GroupMatch;
import io.pgscim.applier.policy.Rule;
import io.pgscim.applier.wanted.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who can do what to an object, for people to read. JSON.
 *
 * @param next where the next page begins: {@code after=…}; null on the last one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AccessView(String kind, List<String> privileges, List<Way> access, String next) {

  /**
   * @param because whose the logins are, by oid
   */
  static AccessView of(Lookup.Found found, AccessDesk.Cut cut, Map<Long, Because> because) {
    return new AccessView(
        found.kind(),
        List.copyOf(found.privileges()),
        cut.access().stream()
            .map(one -> Way.of(one, Optional.ofNullable(because.get(one.oid()))))
            .toList(),
        cut.next());
  }

  /**
   * One way of one login.
   *
   * @param userId null when the login is not managed
   * @param grantable those of the privileges that can be passed on
   * @param columns empty = the object, whole
   * @param usable {@code at-once}, {@code after-set-role}, or {@code no}: then obstacles say why
   * @param rowSecurity {@code applies} or {@code bypassed}; null where the object has none
   * @param because why the policy makes the login a member of the path's first role
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Way(
      String role,
      boolean managed,
      String userId,
      String userName,
      List<String> privileges,
      List<String> grantable,
      List<String> columns,
      String usable,
      String setRole,
      List<String> obstacles,
      String rowSecurity,
      PathView path,
      List<ReasonView> because) {

    static Way of(Access access, Optional<Because> because) {
      List<Step> steps = access.path().steps();
      return new Way(
          access.login(),
          because.isPresent(),
          because.map(Because::userId).orElse(null),
          because.flatMap(Because::userName).orElse(null),
          List.copyOf(access.privileges()),
          List.copyOf(access.grantable()),
          access.columns(),
          !access.obstacles().isEmpty()
              ? "no"
              : access.setRole().isPresent() ? "after-set-role" : "at-once",
          access.setRole().orElse(null),
          access.obstacles(),
          switch (access.rowSecurity()) {
            case NONE -> null;
            case APPLIES -> "applies";
            case BYPASSED -> "bypassed";
          },
          PathView.of(access.path()),
          because.isEmpty() || steps.isEmpty()
              ? List.of()
              : because.get().of(steps.getFirst().role()).stream().map(ReasonView::of).toList());
    }
  }

  /**
   * Through what.
   *
   * @param kind {@code grant}, {@code owner}, {@code database-owner}, {@code public}, {@code
   *     predefined} or {@code superuser}
   * @param role that has it; null for everybody
   * @param steps memberships, from the login to that role
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record PathView(String kind, String role, List<Step> steps) {
    static PathView of(Path path) {
      return switch (path) {
        case Path.Granted(String to, List<Step> steps) -> new PathView("grant", to, steps);
        case Path.Owner(String owner, List<Step> steps) -> new PathView("owner", owner, steps);
        case Path.DatabaseOwner(List<Step> steps) ->
            new PathView("database-owner", "pg_database_owner", steps);
        case Path.Everybody(List<Step> steps) -> new PathView("public", null, steps);
        case Path.Predefined(String role, List<Step> steps) ->
            new PathView("predefined", role, steps);
        case Path.Superuser(String role, List<Step> steps) ->
            new PathView("superuser", role, steps);
      };
    }
  }

  /**
   * A rule of the policy that gives the membership.
   *
   * @param until when it ends by the clock, ISO 8601; null = no such moment is known
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ReasonView(String group, String groupId, String rule, String until) {
    static ReasonView of(Reason reason) {
      return new ReasonView(
          reason.group().map(group -> group.displayName()).orElse(null),
          reason.group().map(group -> group.id()).orElse(null),
          words(reason.rule()),
          reason.until().map(Object::toString).orElse(null));
    }

    /** The rule as the policy's author would say it. */
    private static String words(Rule rule) {
      List<String> words = new ArrayList<>();
      rule.group().ifPresent(group -> words.add("group: " + words(group)));
      rule.users().ifPresent(users -> words.add("users: " + users.text()));
      words.add("gives: [" + String.join(", ", rule.gives()) + "]");
      rule.window().lasts().ifPresent(lasts -> words.add("for: " + lasts));
      rule.window()
          .until()
          .ifPresent(date -> words.add("until: " + date.schema() + ":" + date.attribute()));
      rule.window().end().ifPresent(end -> words.add("until: " + end));
      return String.join(", ", words);
    }

    private static String words(GroupMatch group) {
      return switch (group.by()) {
        case NAME -> group.value();
        case EXTERNAL_ID -> "{ externalId: " + group.value() + " }";
        case ID -> "{ id: " + group.value() + " }";
      };
    }
  }
}
