package io.pgscim.local.command;

/** Text as one word of a POSIX shell. */
final class ShellWord {

  private ShellWord() {}

  /** As it is where no character means anything to a shell, else in single quotes. */
  static String quote(String text) {
    if (text.matches("[A-Za-z0-9_./:@%+,=-]+")) {
      return text;
    }
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
