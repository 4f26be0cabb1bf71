package io.pgscim.applier.policy;

import io.pgscim.events.UserState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a login role's name is made from its user: text with {@code {userName}} and the like. */
public final class NameTemplate {
  /** What may stand between braces. */
  private enum Part {
    USER_NAME("userName"),
    LOCAL_PART("userName|local"),
    EXTERNAL_ID("externalId"),
    ID("id");

    final String spelling;

    Part(String spelling) {
      this.spelling = spelling;
    }

    Optional<String> of(UserState user) {
      return switch (this) {
        case USER_NAME -> Optional.of(user.userName());
        case LOCAL_PART -> Optional.of(localPart(user.userName()));
        case EXTERNAL_ID -> Optional.ofNullable(user.externalId());
        case ID -> Optional.of(user.id());
      };
    }

    /** What stands before the last {@code @}; everything where there is none. */
    private static String localPart(String userName) {
      int at = userName.lastIndexOf('@');
      return at < 0 ? userName : userName.substring(0, at);
    }
  }

  private static final Pattern PIECE = Pattern.compile("\\{([^{}]*)}|([^{}]+)");

  private final String text;
  private final List<Function<UserState, Optional<String>>> pieces;

  private NameTemplate(String text, List<Function<UserState, Optional<String>>> pieces) {
    this.text = text;
    this.pieces = List.copyOf(pieces);
  }

  /**
   * @throws IllegalArgumentException when the text is no template, with what may be written instead
   */
  public static NameTemplate of(String text) {
    Matcher piece = PIECE.matcher(text);
    List<Function<UserState, Optional<String>>> pieces = new ArrayList<>();
    int end = 0;
    boolean distinct = false;
    while (piece.lookingAt()) {
      if (piece.group(1) != null) {
        pieces.add(part(piece.group(1))::of);
        distinct = true;
      } else {
        Optional<String> same = Optional.of(piece.group(2));
        pieces.add(user -> same);
      }
      end = piece.end();
      piece.region(end, text.length());
    }
    if (end != text.length() || !distinct) {
      throw new IllegalArgumentException("a name is made of text and " + spellings());
    }
    return new NameTemplate(text, pieces);
  }

  /**
   * The name of this user, whatever PostgreSQL would say to it; empty when the user lacks a part.
   */
  public Optional<String> of(UserState user) {
    var name = new StringBuilder();
    for (Function<UserState, Optional<String>> piece : pieces) {
      Optional<String> value = piece.apply(user);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      name.append(value.get());
    }
    return Optional.of(name.toString());
  }

  private static Part part(String spelling) {
    return Stream.of(Part.values())
        .filter(part -> part.spelling.equals(spelling))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "{" + spelling + "} is not known; write one of " + spellings()));
  }

  private static String spellings() {
    return List.of(Part.values()).stream()
        .map(part -> "{" + part.spelling + "}")
        .collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return text;
  }
}
