package io.pgscim.applier.policy;

import io.pgscim.applier.policy.PolicyReader.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.Node;

/** Reads one of {@code access_roles}. */
final class AccessRoleReader {
  private final Problems problems;
  private final Scope scope;
  private final GrantReader grants;
  private final Set<String> accessRoles;

  /**
   * @param accessRoles the names of all access roles of the file
   */
  AccessRoleReader(Problems problems, Scope scope, Set<String> accessRoles) {
    this.problems = problems;
    this.scope = scope;
    this.grants = new GrantReader(problems, scope, GrantReader.Section.GRANTS);
    this.accessRoles = accessRoles;
  }

  AccessRole read(String name, Node node) {
    RoleNames.refusal(name)
        .ifPresent(reason -> problems.add(node, "an access role cannot be named so: " + reason));
    var role = new YamlMap(node, "access role " + name, problems);
    List<ObjectGrant> grants = new ArrayList<>();
    for (Node grant : role.list("grants")) {
      grants.addAll(this.grants.read(grant));
    }
    Set<String> memberOf = new TreeSet<>();
    for (String parent : role.texts("member_of")) {
      if (accessRoles.contains(parent) || RoleNames.predefined(parent)) {
        scope.checkGiven(
            problems, role.get("member_of").orElse(node), name + " is a member of", parent);
        memberOf.add(parent);
      } else {
        problems.add(
            role.get("member_of").orElse(node),
            "member_of names "
                + parent
                + ", which is neither one of this file's access_roles nor a"
                + " role that PostgreSQL defines, such as pg_read_all_data");
      }
    }
    MembershipOptions with = RuleReader.with(problems, role);
    boolean adopted = adopted(role);
    role.end();
    return new AccessRole(
        name, grants, memberOf, with == null ? MembershipOptions.USUAL : with, adopted);
  }

  private boolean adopted(YamlMap role) {
    Optional<String> adopt = role.text("adopt");
    adopt
        .filter(text -> !text.equals("true") && !text.equals("false"))
        .ifPresent(
            text ->
                problems.add(
                    role.get("adopt").orElseThrow(), "'adopt' is true or false, not " + text));
    return adopt.filter("true"::equals).isPresent();
  }
}
