package io.pgscim.applier.current;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A user's login role as it stands.
 *
 * @param name its name in the catalog, whoever gave it
 * @param attributes what it should not have: {@code SUPERUSER}, {@code CREATEROLE} and the like
 * @param settings those pgscim set that still are as pgscim set them, in the policy's spelling
 * @param everSet the names of all settings that pgscim set
 */
public record CurrentLogin(
    String userId,
    String name,
    boolean canLogin,
    int connectionLimit,
    Set<String> attributes,
    Map<String, String> settings,
    Set<String> everSet,
    List<HeldMembership> memberships) {

  public CurrentLogin {
    Objects.requireNonNull(userId, "userId");
    Objects.requireNonNull(name, "name");
    attributes = Collections.unmodifiableSet(new TreeSet<>(attributes));
    settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    everSet = Collections.unmodifiableSet(new TreeSet<>(everSet));
    memberships = List.copyOf(memberships);
  }
}
