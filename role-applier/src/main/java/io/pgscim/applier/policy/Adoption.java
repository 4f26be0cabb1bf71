package io.pgscim.applier.policy;

import io.pgscim.events.UserState;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which login roles that exist already become those of which people: each named, none guessed.
 *
 * @param byId role names by the person's id in the directory
 * @param byUserName by userName, in lower case
 */
public record Adoption(
    Map<String, String> byId, Map<String, String> byUserName, Map<String, String> byExternalId) {
  /** Of nobody. */
  public static final Adoption NONE = new Adoption(Map.of(), Map.of(), Map.of());

  public Adoption {
    byId = Map.copyOf(byId);
    byUserName = Map.copyOf(byUserName);
    byExternalId = Map.copyOf(byExternalId);
  }

  /** The role that becomes this person's; empty for nearly everybody. */
  public Optional<String> roleOf(UserState user) {
    return Optional.ofNullable(byId.get(user.id()))
        .or(
            () ->
                Optional.ofNullable(user.userName())
                    .map(name -> byUserName.get(name.toLowerCase(Locale.ROOT))))
        .or(() -> Optional.ofNullable(user.externalId()).map(byExternalId::get));
  }
}
