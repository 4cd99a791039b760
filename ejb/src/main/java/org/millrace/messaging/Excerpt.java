package org.millrace.messaging;

/** What somebody else wrote, no longer than there is room for it where it goes. */
final class Excerpt {

  private Excerpt() {}

  /**
   * The beginning of a text, with {@code …} at its end where something is left out.
   *
   * @param most how many characters there may be, the {@code …} included; at least 2
   */
  static String of(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = most - 1;
    boolean splits = Character.isHighSurrogate(text.charAt(end - 1));
    return text.substring(0, splits ? end - 1 : end) + "…";
  }
}
