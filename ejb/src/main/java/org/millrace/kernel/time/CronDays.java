package org.millrace.kernel.time;

import static java.time.temporal.TemporalAdjusters.dayOfWeekInMonth;
import static java.time.temporal.TemporalAdjusters.lastDayOfMonth;
import static java.time.temporal.TemporalAdjusters.lastInMonth;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;

/**
 * The days of a cron expression: those that both its fields allow. A day of the month can be {@code
 * L} for the last, {@code L-2} for two days before that, {@code 15W} for the working day nearest to
 * the 15th, {@code LW} for the last working day; a day of the week can be {@code FRIL} for the last
 * Friday and {@code FRI#2} for the second.
 *
 * <p>Days of the week are numbered from 1 for Sunday as Quartz does where the day of the month is
 * {@code ?}, and from 0 or 7 for Sunday as Spring does elsewhere; names are safer.
 */
record CronDays(Predicate<LocalDate> ofMonth, Predicate<LocalDate> ofWeek) {

  private static final List<String> NAMES =
      List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

  static CronDays of(String dayOfMonth, String dayOfWeek) {
    // Only Quartz knows "?", and insists on it in one of the two.
    boolean isQuartz = dayOfMonth.equals("?") || dayOfWeek.equals("?");
    return new CronDays(month(dayOfMonth), week(dayOfWeek, isQuartz ? 1 : 0));
  }

  boolean has(LocalDate day) {
    return ofMonth.test(day) && ofWeek.test(day);
  }

  private static Predicate<LocalDate> month(String field) {
    if (field.equals("L")) {
      return day -> day.equals(day.with(lastDayOfMonth()));
    } else if (field.equals("LW")) {
      return day -> day.equals(nearestWorkingDay(day.with(lastDayOfMonth())));
    } else if (field.startsWith("L-")) {
      int before = Cron.number(field.substring(2), 0, 30);
      return day -> day.equals(day.with(lastDayOfMonth()).minusDays(before));
    } else if (field.endsWith("W")) {
      int wanted = Cron.number(field.substring(0, field.length() - 1), 1, 31);
      return day ->
          wanted <= day.lengthOfMonth()
              && day.equals(nearestWorkingDay(day.withDayOfMonth(wanted)));
    }
    BitSet days = Cron.field(field, 1, 31);
    return day -> days.get(day.getDayOfMonth());
  }

  /** In the same month: from the first it goes on, from the last it goes back. */
  private static LocalDate nearestWorkingDay(LocalDate day) {
    return switch (day.getDayOfWeek()) {
      case SATURDAY -> day.getDayOfMonth() == 1 ? day.plusDays(2) : day.minusDays(1);
      case SUNDAY ->
          day.getDayOfMonth() == day.lengthOfMonth() ? day.minusDays(2) : day.plusDays(1);
      default -> day;
    };
  }

  private static Predicate<LocalDate> week(String named, int sunday) {
    String field = Cron.names(named, NAMES, sunday);
    int number = field.indexOf('#');
    if (number > 0) {
      DayOfWeek wanted = dayOfWeek(field.substring(0, number), sunday);
      int which = Cron.number(field.substring(number + 1), 1, 5);
      return day -> day.equals(day.with(dayOfWeekInMonth(which, wanted)));
    } else if (field.equals("L")) {
      return day -> day.getDayOfWeek() == DayOfWeek.SATURDAY;
    } else if (field.endsWith("L")) {
      DayOfWeek wanted = dayOfWeek(field.substring(0, field.length() - 1), sunday);
      return day -> day.equals(day.with(lastInMonth(wanted)));
    }
    BitSet days = Cron.field(field, sunday, 7);
    return day -> {
      int fromSunday = day.getDayOfWeek().getValue() % 7;
      return days.get(fromSunday + sunday) || (sunday == 0 && fromSunday == 0 && days.get(7));
    };
  }

  private static DayOfWeek dayOfWeek(String text, int sunday) {
    int fromSunday = (Cron.number(text, sunday, 7) - sunday) % 7;
    return DayOfWeek.of(fromSunday == 0 ? 7 : fromSunday);
  }
}
