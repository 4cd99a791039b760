package org.millrace.persistence;

import java.util.Collection;
import java.util.List;

/**
 * Several words in one text column, each between line breaks: so LIKE finds exactly one of them.
 */
final class Words {

  private Words() {}

  static String join(Collection<String> words) {
    return words.isEmpty() ? "" : "\n" + String.join("\n", words) + "\n";
  }

  static List<String> split(String text) {
    return text.isEmpty() ? List.of() : List.of(text.substring(1, text.length() - 1).split("\n"));
  }

  /** What a column with this word contains. */
  static String containing(String word) {
    return "\n" + word + "\n";
  }
}
