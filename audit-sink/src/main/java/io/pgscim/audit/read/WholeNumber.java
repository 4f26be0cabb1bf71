package io.pgscim.audit.read;

/** A whole number of a request. */
final class WholeNumber {
  private WholeNumber() {}

  static long of(String text, String name, long absent, long least) {
    return of(text, name, absent, least, Long.MAX_VALUE - 1);
  }

  /** The number; a bad request that says what is allowed when it is none or out of range. */
  static long of(String text, String name, long absent, long least, long most) {
    if (text == null) {
      return absent;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw Problem.badRequest(name + " must be a whole number");
    }
    throw Problem.badRequest(name + " must be " + least + " to " + most);
  }
}
