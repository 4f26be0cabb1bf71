package io.pgscim.applier.policy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What one cluster should look like, as its policy file says.
 *
 * @param cluster the cluster's name in every event about it
 * @param databases those whose objects are managed; any other is never touched
 * @param owners whose future objects a grant on all of them covers
 * @param accessRoles by name
 * @param takenFromPublic what PUBLIC, that is everybody, should not have
 * @param sensitive of which objects somebody wants to know who has which of these privileges
 */
public record Policy(
    String cluster,
    List<String> databases,
    List<String> owners,
    LoginRoles loginRoles,
    Map<String, AccessRole> accessRoles,
    List<ObjectGrant> takenFromPublic,
    List<Rule> rules,
    Limits limits,
    Mode mode,
    List<ObjectGrant> sensitive) {

  /** Whether some membership shall be usable in one way only. */
  public boolean hasOptions() {
    return Stream.concat(
            rules.stream().map(Rule::with), accessRoles.values().stream().map(AccessRole::with))
        .anyMatch(with -> !with.equals(MembershipOptions.USUAL));
  }

  public Policy {
    Objects.requireNonNull(cluster, "cluster");
    databases = List.copyOf(databases);
    owners = List.copyOf(owners);
    Objects.requireNonNull(loginRoles, "loginRoles");
    accessRoles = Collections.unmodifiableMap(new TreeMap<>(accessRoles));
    takenFromPublic = List.copyOf(takenFromPublic);
    rules = List.copyOf(rules);
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(mode, "mode");
    sensitive = List.copyOf(sensitive);
  }
}
