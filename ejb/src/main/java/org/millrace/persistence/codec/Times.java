package org.millrace.persistence.codec;

import java.time.Instant;
import java.time.LocalDate;

/**
 * Reads a time as {@link Instant#toString} writes it. Every state holds one; {@link Instant#parse}
 * gives the same, and takes ten times as long.
 */
final class Times {

  /** As far as to the seconds it is always the same length. */
  private static final String LIKE = "0000-00-00T00:00:00";

  private Times() {}

  static Instant read(String text) {
    if (!isUsual(text)) {
      return Instant.parse(text);
    }
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, 19);
    if (hour > 23 || minute > 59 || second > 59) {
      return Instant.parse(text);
    }
    LocalDate day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
    long ofDay = hour * 3600L + minute * 60L + second;
    return Instant.ofEpochSecond(day.toEpochDay() * 86_400 + ofDay, nanos(text));
  }

  /** A year of four digits, and whole seconds or a fraction of up to nine digits. */
  private static boolean isUsual(String text) {
    int last = text.length() - 1;
    if (last < LIKE.length() || last == LIKE.length() + 1 || last > LIKE.length() + 10) {
      return false;
    }
    for (int i = 0; i < last; i++) {
      char wanted = i < LIKE.length() ? LIKE.charAt(i) : i == LIKE.length() ? '.' : '0';
      char c = text.charAt(i);
      if (wanted == '0' ? c < '0' || c > '9' : c != wanted) {
        return false;
      }
    }
    return text.charAt(last) == 'Z';
  }

  private static int nanos(String text) {
    int from = LIKE.length() + 1;
    int to = text.length() - 1;
    int nanos = from < to ? number(text, from, to) : 0;
    for (int digits = Math.max(0, to - from); digits < 9; digits++) {
      nanos *= 10;
    }
    return nanos;
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }
}
