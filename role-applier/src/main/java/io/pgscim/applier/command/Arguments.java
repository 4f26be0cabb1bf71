package io.pgscim.applier.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A command line: words, options with a value, and flags.
 *
 * @param words the command and what it is about
 */
record Arguments(List<String> words, Map<String, String> options, Set<String> flags) {
  private static final Set<String> VALUED =
      Set.of("--policy", "--reason", "--url", "--object", "--privilege", "--person");
  private static final Set<String> FLAGS =
      Set.of("--json", "--detailed-exitcode", "--help", "--sensitive", "--heal", "--report");

  /**
   * @throws IllegalArgumentException in words for whoever typed it
   */
  static Arguments of(String... typed) {
    List<String> words = new ArrayList<>();
    Map<String, String> options = new HashMap<>();
    Set<String> flags = new HashSet<>();
    for (int i = 0; i < typed.length; i++) {
      String word = typed[i];
      if (VALUED.contains(word)) {
        if (i + 1 == typed.length) {
          throw new IllegalArgumentException(word + " needs a value");
        }
        options.put(word, typed[++i]);
      } else if (FLAGS.contains(word)) {
        flags.add(word);
      } else if (word.startsWith("-")) {
        throw new IllegalArgumentException("there is no option " + word);
      } else {
        words.add(word);
      }
    }
    return new Arguments(List.copyOf(words), Map.copyOf(options), Set.copyOf(flags));
  }

  Optional<String> word(int place) {
    return place < words.size() ? Optional.of(words.get(place)) : Optional.empty();
  }

  Optional<String> option(String name) {
    return Optional.ofNullable(options.get(name));
  }

  boolean has(String flag) {
    return flags.contains(flag);
  }
}
