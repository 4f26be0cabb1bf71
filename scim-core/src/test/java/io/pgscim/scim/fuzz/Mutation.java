package io.pgscim.scim.fuzz;

import io.pgscim.scim.oracle.Draw;

/** What happens to text on its way: some of it harmless, some of it meant. */
enum Mutation {
  DELETE {
    @Override
    String of(String text, String other, Draw draw) {
      int from = draw.below(text.length() + 1);
      int to = Math.min(text.length(), from + 1 + draw.below(8));
      return text.substring(0, from) + text.substring(to);
    }
  },
  TRUNCATE {
    @Override
    String of(String text, String other, Draw draw) {
      return text.substring(0, draw.below(text.length() + 1));
    }
  },
  SPLICE {
    @Override
    String of(String text, String other, Draw draw) {
      return text.substring(0, draw.below(text.length() + 1))
          + other.substring(draw.below(other.length() + 1));
    }
  },
  REPEAT {
    @Override
    String of(String text, String other, Draw draw) {
      int from = draw.below(text.length() + 1);
      int to = Math.min(text.length(), from + 1 + draw.below(16));
      String part = text.substring(from, to);
      return text.substring(0, to) + part.repeat(draw.of(1, 2, 40, 400)) + text.substring(to);
    }
  },
  NEST {
    @Override
    String of(String text, String other, Draw draw) {
      int depth = draw.of(1, 2, 31, 33, 500);
      String opening = draw.of("(", "not (", "emails[", "[", "{\"a\":");
      String closing = opening.endsWith("[") ? "]" : opening.endsWith("(") ? ")" : "}";
      return opening.repeat(depth) + text + closing.repeat(depth);
    }
  },
  FLIP {
    @Override
    String of(String text, String other, Draw draw) {
      if (text.isEmpty()) {
        return text;
      }
      StringBuilder flipped = new StringBuilder(text);
      int at = draw.below(text.length());
      flipped.setCharAt(at, (char) (text.charAt(at) ^ 1 << draw.below(8)));
      return flipped.toString();
    }
  },
  INSERT {
    @Override
    String of(String text, String other, Draw draw) {
      int at = draw.below(text.length() + 1);
      return text.substring(0, at) + draw.of(STRANGE) + text.substring(at);
    }
  };

  private static final String[] STRANGE = {
    "\0",
    "\u001f",
    "\u00a0",
    "\u0130",
    "\u202e",
    "\u2028",
    "\ud800",
    "\udc00",
    "\ufeff",
    "\uff21",
    "Z\u0300\u0301\u0302",
    "\\u0000",
    "\\ud800",
    "\\",
    "\"",
    "'",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ".",
    ":",
    ",",
    "$",
    "$ref",
    "-",
    "null",
    "true",
    "1e999999999",
    "-0",
    "0.1e-400",
    "9".repeat(400),
    "urn:",
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
    "schemas",
    "id",
    "password",
    "members",
    " and ",
    " or ",
    "not (",
    " eq ",
    " pr",
    "\"x\"",
    "'; DROP TABLE users; --",
    "$.**{0 to last}",
    "2026-02-30T25:61:61Z",
    "+999999999-12-31T23:59:59.999999999Z"
  };

  abstract String of(String text, String other, Draw draw);

  /** None to four, one after the other. */
  static String several(String text, String other, Draw draw) {
    String mutated = text;
    for (int i = draw.below(5); i > 0; i--) {
      mutated = draw.of(values()).of(mutated, other, draw);
    }
    return mutated;
  }
}
