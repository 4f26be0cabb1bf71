package io.pgscim.scim.oracle;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Choices that a seed decides: the same seed, the same input. */
public final class Draw {
  private final Random random;

  public Draw(long seed) {
    this.random = new Random(seed);
  }

  /** True in that share of all cases. */
  public boolean chance(double share) {
    return random.nextDouble() < share;
  }

  /** From zero to below the bound. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  @SafeVarargs
  public final <T> T of(T... all) {
    return all[random.nextInt(all.length)];
  }

  public <T> T of(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** The word, now and then in another case. */
  public String cased(String word) {
    return switch (random.nextInt(6)) {
      case 0 -> word.toUpperCase(Locale.ROOT);
      case 1 -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
      default -> word;
    };
  }

  /** Eight bits. */
  public byte bits() {
    return (byte) random.nextInt(256);
  }
}
