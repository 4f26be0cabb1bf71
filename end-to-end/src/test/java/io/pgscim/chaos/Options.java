package io.pgscim.chaos;

import io.pgscim.chaos.nemesis.FaultKind;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was asked for.
 *
 * @param minutes how long faults are made
 * @param seed decides what happens in the company and what goes wrong
 * @param rate how much happens in the company, per second
 */
record Options(double minutes, long seed, int rate, Set<FaultKind> kinds) {
  static final String USAGE =
      """
      usage: end-to-end/chaos [--minutes N] [--seed N] [--rate N] [--nemesis KIND,KIND…] [--broken NAME]

      Pushes identity traffic into the real services, a real broker and a real database while everything goes
      wrong, looks at PostgreSQL all the time, and checks at the end that nothing was lost, doubled or wrongly given.

        --minutes N    how long; 2 when not given
        --seed N       the same company and the same faults as a run before; another one each time when not given
        --rate N       how much happens in the company per second; 20 when not given
        --nemesis …    what goes wrong; everything when not given, none for a quiet run:
      %s
        --broken NAME  not these services but ones made with end-to-end/broken/NAME.patch, to see that it
                         is noticed; all for one after the other

      Exit code: 0 every promise was kept, 1 one was not, 2 wrong use, 3 the run itself failed.\
      """
          .formatted(
              Arrays.stream(FaultKind.values())
                  .map(kind -> "                 " + kind.help())
                  .collect(Collectors.joining("\n")));

  Options {
    if (minutes <= 0 || minutes > 24 * 60) {
      throw new IllegalArgumentException(
          "--minutes is more than 0 and at most a day, not " + minutes);
    }
    if (rate < 1 || rate > 1000) {
      throw new IllegalArgumentException("--rate is 1 to 1000, not " + rate);
    }
    kinds = Set.copyOf(kinds);
  }

  /**
   * @throws IllegalArgumentException in a sentence, when it is not understood
   */
  static Options of(List<String> arguments) {
    double minutes = 2;
    long seed = System.nanoTime() & 0xFFFFFF;
    int rate = 20;
    Set<FaultKind> kinds = EnumSet.allOf(FaultKind.class);
    Deque<String> rest = new ArrayDeque<>(arguments);
    while (!rest.isEmpty()) {
      String option = rest.poll();
      String value = rest.poll();
      if (value == null) {
        throw new IllegalArgumentException(option + " is not understood, or lacks its value");
      }
      switch (option) {
        case "--minutes" -> minutes = Double.parseDouble(value);
        case "--seed" -> seed = Long.parseLong(value);
        case "--rate" -> rate = Integer.parseInt(value);
        case "--nemesis" -> kinds = kinds(value);
        default -> throw new IllegalArgumentException("no option is called " + option);
      }
    }
    return new Options(minutes, seed, rate, kinds);
  }

  private static Set<FaultKind> kinds(String words) {
    Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
    if (words.equals("none")) {
      return kinds;
    }
    for (String word : words.split(",")) {
      kinds.add(
          Arrays.stream(FaultKind.values())
              .filter(kind -> kind.word().equals(word))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("no fault is called " + word)));
    }
    return kinds;
  }
}
