package io.pgscim.applier.policy;

import io.pgscim.applier.sql.Identifier;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads {@code login_roles.leaver}. */
final class LeaverReader {
  private final Problems problems;

  LeaverReader(Problems problems) {
    this.problems = problems;
  }

  Leaver read(YamlMap leaver) {
    Optional<Duration> dropAfter = dropAfter(leaver);
    String role = leaver.text("role").orElse("disable");
    if (role.equals("drop")) {
      dropAfter = Optional.of(dropAfter.orElse(Duration.ZERO));
    } else if (!role.equals("disable")) {
      problems.add(leaver.get("role").orElseThrow(), "'role' is disable or drop, not " + role);
    }
    Optional<String> heir = heir(leaver);
    if (heir.isPresent() && dropAfter.isEmpty()) {
      problems.add(
          leaver.get("objects").orElseThrow(),
          "objects are given away when the role is dropped; write role: drop, or drop_after: 30d");
    }
    leaver.end();
    return new Leaver(dropAfter, heir);
  }

  private Optional<Duration> dropAfter(YamlMap leaver) {
    return leaver
        .text("drop_after")
        .map(
            text ->
                problems.checked(
                    leaver.get("drop_after").orElseThrow(), text, LeaverReader::duration));
  }

  private static Duration duration(String text) {
    if (!text.matches("[0-9]{1,5}[smhd]")) {
      throw new IllegalArgumentException("'drop_after' is a time such as 30d or 12h, not " + text);
    }
    String unit = text.toUpperCase(Locale.ROOT);
    return Duration.parse(unit.endsWith("D") ? "P" + unit : "PT" + unit);
  }

  /** {@code keep}, or a mapping that names who gets them. */
  private Optional<String> heir(YamlMap leaver) {
    if (leaver.get("objects").filter(ScalarNode.class::isInstance).isPresent()) {
      if (!leaver.text("objects").orElse("keep").equals("keep")) {
        problems.add(
            leaver.get("objects").orElseThrow(),
            "'objects' is keep, or { reassign_to: a_role_without_login_and_privileges }");
      }
      return Optional.empty();
    }
    Optional<YamlMap> objects = leaver.map("objects");
    Optional<String> heir =
        objects.flatMap(map -> map.requiredText("reassign_to", "pgscim_leavers"));
    heir.ifPresent(
        name -> problems.checked(leaver.get("objects").orElseThrow(), name, Identifier::new));
    objects.ifPresent(YamlMap::end);
    return heir;
  }
}
