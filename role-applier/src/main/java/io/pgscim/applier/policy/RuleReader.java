package io.pgscim.applier.policy;

import com.fasterxml.jackson.databind.node.TextNode;
import io.pgscim.applier.policy.GroupMatch.By;
import io.pgscim.applier.policy.PolicyReader.Scope;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Reads one of {@code rules}. */
final class RuleReader {
  private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,4})([smhdw])");

  private final Problems problems;
  private final Set<String> accessRoles;
  private final Scope scope;

  RuleReader(Problems problems, Set<String> accessRoles, Scope scope) {
    this.problems = problems;
    this.scope = scope;
    this.accessRoles = accessRoles;
  }

  Optional<Rule> read(Node node) {
    var rule = new YamlMap(node, "a rule", problems);
    Optional<GroupMatch> group = rule.get("group").flatMap(value -> group(rule, value));
    Optional<UserFilter> users = users(rule);
    Set<String> gives = gives(rule);
    MembershipOptions with = with(problems, rule);
    Window window = window(rule);
    rule.refuse("when", "is not a word of rules; write users: with the same filter");
    rule.end();
    if (!rule.has("group") && !rule.has("users") && !rule.has("user_type")) {
      problems.add(node, "a rule needs group: or users:, for example group: analysts");
    }
    return (group.isEmpty() && users.isEmpty()) || with == null || window == null
        ? Optional.empty()
        : Optional.ofNullable(
            problems.checked(
                rule.get("for").orElse(node),
                gives,
                roles -> new Rule(group, users, roles, with, window)));
  }

  /** {@code group: name}, {@code group: { externalId: x }} or {@code group: { id: x }}. */
  private Optional<GroupMatch> group(YamlMap rule, Node value) {
    if (!(value instanceof MappingNode)) {
      return rule.text("group").map(GroupMatch::named);
    }
    var group = new YamlMap(value, "group", problems);
    Optional<GroupMatch> match =
        group
            .text("externalId")
            .map(text -> new GroupMatch(By.EXTERNAL_ID, text))
            .or(() -> group.text("id").map(text -> new GroupMatch(By.ID, text)))
            .or(() -> group.text("displayName").map(GroupMatch::named));
    group.know("externalId", "id", "displayName");
    group.end();
    if (group.named().size() != 1) {
      problems.add(value, "a group is told by one of externalId, id and displayName");
    }
    return match;
  }

  /** {@code users:}, {@code user_type:}, or both. */
  private Optional<UserFilter> users(YamlMap rule) {
    Optional<String> type =
        rule.text("user_type").map(text -> "userType eq " + TextNode.valueOf(text));
    Optional<String> filter = rule.text("users");
    Optional<String> both =
        filter.isPresent() && type.isPresent()
            ? Optional.of("(" + filter.get() + ") and " + type.get())
            : filter.or(() -> type);
    return both.map(
        text ->
            problems.checked(
                rule.get("users").or(() -> rule.get("user_type")).orElseThrow(),
                text,
                UserFilter::of));
  }

  private Set<String> gives(YamlMap rule) {
    Set<String> gives = new TreeSet<>();
    rule.required("gives", "[analytics_read]");
    for (String role : rule.texts("gives")) {
      if (accessRoles.contains(role)) {
        scope.checkGiven(problems, rule.get("gives").orElseThrow(), "a rule gives", role);
        gives.add(role);
      } else {
        problems.add(
            rule.get("gives").orElseThrow(),
            "a rule gives " + role + ", which is not one of this file's access_roles");
      }
    }
    return gives;
  }

  /** {@code with: { inherit: false, set: true }}; null, and a problem, when it is nothing. */
  static MembershipOptions with(Problems problems, YamlMap of) {
    Optional<YamlMap> with = of.map("with");
    if (with.isEmpty()) {
      return MembershipOptions.USUAL;
    }
    Boolean inherit = flag(problems, with.get(), "inherit");
    Boolean set = flag(problems, with.get(), "set");
    with.get().end();
    return inherit == null || set == null
        ? null
        : problems.checked(
            with.get().node(), inherit, option -> new MembershipOptions(option, set));
  }

  private static Boolean flag(Problems problems, YamlMap with, String key) {
    return problems.checked(
        with.get(key).orElse(with.node()),
        with.text(key).orElse("true"),
        text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default ->
                  throw new IllegalArgumentException("'" + key + "' is true or false, not " + text);
            });
  }

  private Window window(YamlMap rule) {
    Optional<Duration> lasts =
        rule.text("for")
            .map(
                text ->
                    problems.checked(rule.get("for").orElseThrow(), text, RuleReader::duration));
    Optional<String> until = rule.text("until");
    if (until.isEmpty()) {
      return new Window(lasts, Optional.empty(), Optional.empty());
    }
    return problems.checked(
        rule.get("until").orElseThrow(),
        until.get(),
        text -> {
          Optional<Instant> end = moment(text);
          return new Window(
              lasts, end.isPresent() ? Optional.empty() : Optional.of(UserDate.of(text)), end);
        });
  }

  private static Optional<Instant> moment(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'for' is a number and a unit: 90s, 30m (minutes), 8h, 7d or 2w, not " + text);
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      case "d" -> Duration.ofDays(number);
      default -> Duration.ofDays(7 * number);
    };
  }
}
