package io.pgscim.local.demonstrate;

import java.io.PrintStream;

/** Where the demonstration is seen. */
final class Stage {
  private static final int WIDTH = 98;

  private final PrintStream out;
  private int scene;

  Stage(PrintStream out) {
    this.out = out;
  }

  void scene(String title) {
    scene++;
    String line = "── " + scene + " · " + title + " ";
    out.println();
    out.println(line + "─".repeat(Math.max(0, WIDTH - line.length())));
  }

  /** What is happening, in plain words. */
  void tell(String text) {
    out.println("  " + text);
  }

  /** A request or query, as somebody sent it. */
  void show(String text) {
    text.lines().forEach(line -> out.println("    " + line));
  }

  void show(Table table) {
    table.lines().forEach(line -> out.println("    " + line.stripTrailing()));
  }
}
