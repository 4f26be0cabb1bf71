package io.pgscim.events;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Instants as {@link Instant#toString} writes them, read and written without a formatter: an event
 * has four, and formatters would take more time than all else that is done with it.
 */
public final class Instants {
  private static final int DAY = 86_400;

  /** 0000-01-01 and the first day of the year 10000, which have other forms beyond them. */
  private static final long FIRST = LocalDate.of(0, 1, 1).toEpochDay() * DAY;

  private static final long BEYOND = LocalDate.of(10_000, 1, 1).toEpochDay() * DAY;

  private Instants() {}

  /**
   * The instant of a text.
   *
   * @throws DateTimeException as {@link Instant#parse}
   */
  public static Instant parse(String text) {
    int end = text.length() - 1;
    if (end < 19
        || end > 29
        || end == 20
        || text.charAt(end) != 'Z'
        || text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || text.charAt(10) != 'T'
        || text.charAt(13) != ':'
        || text.charAt(16) != ':'
        || (end > 19 && text.charAt(19) != '.')) {
      return Instant.parse(text);
    }
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, 19);
    int nanos = end == 19 ? 0 : number(text, 20, end);
    if ((year | month | day | hour | minute | second | nanos) < 0
        || hour > 23
        || minute > 59
        || second > 59) {
      return Instant.parse(text);
    }
    for (int digits = Math.max(0, end - 20); digits < 9; digits++) {
      nanos *= 10;
    }
    long seconds = LocalDate.of(year, month, day).toEpochDay() * DAY;
    return Instant.ofEpochSecond(seconds + hour * 3600L + minute * 60L + second, nanos);
  }

  /** The digits as a number; negative when one is none. */
  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  /** What {@link Instant#toString} gives. */
  public static String text(Instant instant) {
    long seconds = instant.getEpochSecond();
    if (seconds < FIRST || seconds >= BEYOND) {
      return instant.toString();
    }
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(seconds, DAY));
    int second = Math.floorMod(seconds, DAY);
    byte[] text = "0000-00-00T00:00:00.000000000Z".getBytes(StandardCharsets.ISO_8859_1);
    put(text, 4, date.getYear());
    put(text, 7, date.getMonthValue());
    put(text, 10, date.getDayOfMonth());
    put(text, 13, second / 3600);
    put(text, 16, second / 60 % 60);
    put(text, 19, second % 60);
    int nanos = instant.getNano();
    put(text, 29, nanos);
    int end = 29;
    if (nanos == 0) {
      end = 19;
    } else if (nanos % 1_000_000 == 0) {
      end = 23;
    } else if (nanos % 1000 == 0) {
      end = 26;
    }
    text[end] = 'Z';
    return new String(text, 0, end + 1, StandardCharsets.ISO_8859_1);
  }

  /** Writes the digits so that they end before a place. */
  private static void put(byte[] text, int end, int number) {
    int at = end;
    for (int rest = number; rest > 0; rest /= 10) {
      text[--at] = (byte) ('0' + rest % 10);
    }
  }
}
