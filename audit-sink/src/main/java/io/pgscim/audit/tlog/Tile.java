package io.pgscim.audit.tlog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One file of a log: 256 hashes of a level, or 256 entries; fewer at the right edge.
 *
 * @param level 0 to 63; {@link #ENTRIES} for an entry bundle
 * @param index counted from the left
 * @param width 256 when full, else how many hashes or entries it has
 */
public record Tile(int level, long index, int width) {
  /** Instead of a level: the file holds entries. */
  public static final int ENTRIES = -1;

  /** Hashes or entries of a full tile. */
  public static final int FULL = 256;

  private static final Pattern PATH =
      Pattern.compile(
          "tile/(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/)*[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

  public Tile {
    if (level < ENTRIES || level > 63 || index < 0 || width < 1 || width > FULL) {
      throw new IllegalArgumentException("no tile " + level + "/" + index + "/" + width);
    }
  }

  /** The path below the log's prefix. */
  public String path() {
    var name = new StringBuilder(String.format("%03d", index % 1000));
    for (long rest = index / 1000; rest > 0; rest /= 1000) {
      name.insert(0, String.format("x%03d/", rest % 1000));
    }
    return "tile/"
        + (level == ENTRIES ? "entries" : level)
        + "/"
        + name
        + (width == FULL ? "" : ".p/" + width);
  }

  /** The tile of a path; empty when the path is not exactly what {@link #path} writes. */
  public static Optional<Tile> parse(String path) {
    Matcher matcher = PATH.matcher(path);
    if (path.length() > 100 || !matcher.matches()) {
      return Optional.empty();
    }
    String digits = matcher.group(2).replaceAll("[x/]", "");
    if (digits.length() > 18) {
      return Optional.empty();
    }
    try {
      var tile =
          new Tile(
              matcher.group(1).equals("entries") ? ENTRIES : Integer.parseInt(matcher.group(1)),
              Long.parseLong(digits),
              matcher.group(3) == null ? FULL : Integer.parseInt(matcher.group(3)));
      return tile.path().equals(path) ? Optional.of(tile) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The tile that holds hash {@code index} of a level, in a tree of that many entries. */
  public static Tile holding(int level, long index, long size) {
    long tile = index / FULL;
    long hashes = level <= 0 ? size : size >> (8 * level);
    return new Tile(level, tile, (int) Math.min(FULL, hashes - tile * FULL));
  }

  /** The incomplete tiles at the right edge of a tree, hash levels only, from level 0 up. */
  public static List<Tile> edge(long size) {
    var edge = new ArrayList<Tile>();
    int level = 0;
    for (long hashes = size; hashes > 0; hashes >>= 8) {
      if (hashes % FULL != 0) {
        edge.add(new Tile(level, hashes / FULL, (int) (hashes % FULL)));
      }
      level++;
    }
    return edge;
  }

  public boolean full() {
    return width == FULL;
  }

  /** The full tile in the same place. */
  public Tile whole() {
    return new Tile(level, index, FULL);
  }
}
