package org.millrace.definition.expression;

/**
 * How often regular expressions look at texts in one evaluation. One can look at thirty characters
 * for years: {@code ((a+)+)+b} tries all ways to part them. For use by one thread.
 */
public final class Looks {

  /** Some tenths of a second; what people write looks at each character a few times. */
  static final int MAX_LOOKS = 10_000_000;

  private int looks;

  /**
   * A text whose looks are counted here. Whoever looks too often gets an {@link
   * IllegalStateException} that says so.
   */
  public CharSequence at(String text) {
    return new Text(text);
  }

  private final class Text implements CharSequence {

    private final String text;

    private Text(String text) {
      this.text = text;
    }

    @Override
    public char charAt(int index) {
      if (++looks > MAX_LOOKS) {
        throw new IllegalStateException(
            "its regular expressions look at texts more than " + MAX_LOOKS + " times");
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
