package io.pgscim.applier;

import io.pgscim.applier.policy.UserDate;
import io.pgscim.events.Event;
import io.pgscim.events.GroupState;
import io.pgscim.events.MembershipState;
import io.pgscim.events.UserState;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the people of one history should have, as simply as it can be said: three maps, and every
 * rule asked of everybody.
 */
final class Model {
  /**
   * A login role.
   *
   * @param memberships whether what they give is inherited, by access role
   */
  record Login(Map<String, Boolean> memberships) {}

  private record Joined(MembershipState state, Instant at) {}

  private final String userType;
  private final Map<String, UserState> users = new TreeMap<>();
  private final Map<String, GroupState> groups = new TreeMap<>();
  private final Map<String, Joined> memberships = new TreeMap<>();

  Model(String userType) {
    this.userType = userType;
  }

  /** An event was delivered; one that is not newer says nothing. */
  void deliver(Event event, Instant requestedAt) {
    switch (event) {
      case UserState user -> users.merge(user.id(), user, Model::newer);
      case GroupState group -> groups.merge(group.id(), group, Model::newer);
      case MembershipState member ->
          memberships.merge(
              member.key(), new Joined(member, requestedAt), (known, news) -> known(known, news));
      default -> {}
    }
  }

  private static UserState newer(UserState known, UserState news) {
    return news.version() > known.version() ? news : known;
  }

  private static GroupState newer(GroupState known, GroupState news) {
    return news.version() > known.version() ? news : known;
  }

  /** Who is in already does not join again. */
  private static Joined known(Joined known, Joined news) {
    if (news.state().version() <= known.state().version()) {
      return known;
    }
    return new Joined(news.state(), known.state().present() ? known.at() : news.at());
  }

  /** Everybody who may log in at that moment, by role name. */
  Map<String, Login> logins(Variant policy, Instant now) {
    Map<String, Login> logins = new TreeMap<>();
    for (UserState user : users.values()) {
      if (!user.deleted() && mayLogIn(user, policy, now)) {
        logins.put(user.userName(), new Login(given(user, policy, now)));
      }
    }
    return logins;
  }

  private boolean mayLogIn(UserState user, Variant policy, Instant now) {
    boolean dated = user.extensions() != null;
    if (!user.active() || !userType.equals(user.userType()) || (dated && !until(user, now))) {
      return false;
    }
    return policy.gifts().stream()
        .filter(gift -> gift.whileDated() && gift.department().equals(user.displayName()))
        .allMatch(gift -> dated);
  }

  private static boolean until(UserState user, Instant now) {
    try {
      return Instant.parse(
              user.extensions()
                  .get(UserDate.ACCESS_UNTIL.schema())
                  .get(UserDate.ACCESS_UNTIL.attribute())
                  .textValue())
          .isAfter(now);
    } catch (DateTimeException noDate) {
      return false;
    }
  }

  private Map<String, Boolean> given(UserState user, Variant policy, Instant now) {
    Map<String, Boolean> given = new TreeMap<>();
    for (Variant.Gift gift : policy.gifts()) {
      if (gift.department() != null && !gift.department().equals(user.displayName())) {
        continue;
      }
      boolean gives =
          gift.group() == null
              || memberships.values().stream().anyMatch(member -> isIn(user, member, gift, now));
      if (gives) {
        gift.roles().forEach(role -> given.merge(role, gift.inherit(), Boolean::logicalOr));
      }
    }
    return given;
  }

  private boolean isIn(UserState user, Joined member, Variant.Gift gift, Instant now) {
    MembershipState state = member.state();
    GroupState group = groups.get(state.groupId());
    if (!state.userId().equals(user.id())
        || !state.present()
        || group == null
        || group.deleted()
        || !gift.group().equalsIgnoreCase(group.displayName())) {
      return false;
    }
    Instant from =
        state.validFrom() != null && state.validFrom().isAfter(member.at())
            ? state.validFrom()
            : member.at();
    return !from.isAfter(now)
        && (state.validUntil() == null || state.validUntil().isAfter(now))
        && (!gift.oneHour() || from.plus(Duration.ofHours(1)).isAfter(now));
  }
}
