package io.pgscim.applier.wanted;

import io.pgscim.applier.digest.Sha256;
import io.pgscim.applier.policy.Authentication;
import io.pgscim.applier.policy.NameTemplate;
import io.pgscim.applier.policy.RoleNames;
import io.pgscim.applier.sql.Identifier;
import io.pgscim.events.UserState;
import java.util.Objects;
import java.util.Optional;

/**
 * The name that a user's login role should have.
 *
 * <p>PostgreSQL cuts names at 63 bytes, so two long ones can become one, and with it two people. A
 * longer name is therefore shortened here, ending in a mark made of the user's id: always the same
 * for the same user, never the same for two.
 */
public sealed interface RoleName {
  /** Hex digits of the mark. */
  int MARK = 10;

  /** A name that a role can have. */
  record Fit(String name) implements RoleName {
    public Fit {
      Objects.requireNonNull(name, "name");
    }
  }

  /** No role can have it. */
  record Unfit(String attempted, String reason) implements RoleName {
    public Unfit {
      attempted = shown(attempted);
      Objects.requireNonNull(reason, "reason");
    }
  }

  /** The name of an existing user. */
  static RoleName of(NameTemplate template, UserState user) {
    return of(template, Authentication.PASSWORD, user);
  }

  /** The name of an existing user, as the way of authentication spells it. */
  static RoleName of(NameTemplate template, Authentication authentication, UserState user) {
    Optional<String> name = template.of(user).map(authentication::roleName);
    if (name.isEmpty()) {
      return new Unfit(user.userName(), "the user has no value for the name " + template);
    }
    Optional<String> reserved = RoleNames.reserved(name.get());
    if (reserved.isPresent()) {
      return new Unfit(name.get().isBlank() ? user.id() : name.get(), reserved.get());
    }
    return new Fit(
        Identifier.bytes(name.get()) > Identifier.MAX_BYTES
            ? marked(name.get(), user.id())
            : name.get());
  }

  /** The beginning of the name, and the user's mark: 63 bytes at most. */
  static String marked(String name, String userId) {
    String mark = "~" + Sha256.of(userId).substring(0, MARK);
    int room = Identifier.MAX_BYTES - mark.length();
    var beginning = new StringBuilder();
    int bytes = 0;
    for (int codePoint : name.codePoints().toArray()) {
      bytes += Identifier.bytes(Character.toString(codePoint));
      if (bytes > room) {
        break;
      }
      beginning.appendCodePoint(codePoint);
    }
    return beginning + mark;
  }

  /** The name as an event and a log line can carry it. */
  private static String shown(String name) {
    var shown = new StringBuilder();
    name.codePoints()
        .limit(200)
        .map(c -> Character.isISOControl(c) || isLoneSurrogate(c) ? 0xFFFD : c)
        .forEach(shown::appendCodePoint);
    return shown.toString();
  }

  private static boolean isLoneSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
