package org.millrace.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** As much of a Markdown file as the tests look at. */
record MarkdownPage(Path file, String text) {

  private static final Pattern CODE =
      Pattern.compile("^```.*?^```$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern HEADING = Pattern.compile("^(#+) (.*)$", Pattern.MULTILINE);
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

  static MarkdownPage read(Path file) {
    try {
      return new MarkdownPage(file, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> codeBlocks() {
    return CODE.matcher(text).results().map(MatchResult::group).toList();
  }

  /** How deep each heading is, from the first to the last: {@code #}, {@code ##}. */
  List<String> headingLevels() {
    return HEADING.matcher(prose()).results().map(heading -> heading.group(1)).toList();
  }

  /** What links to headings are called, as GitHub and others make it of a heading's text. */
  List<String> anchors() {
    return HEADING.matcher(prose()).results().map(heading -> anchor(heading.group(2))).toList();
  }

  /** Where its links and pictures lead, in their order. */
  List<String> links() {
    return LINK.matcher(prose()).results().map(link -> link.group(1)).toList();
  }

  private String prose() {
    return CODE.matcher(text).replaceAll("");
  }

  private static String anchor(String heading) {
    return heading
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .strip()
        .replace(' ', '-');
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
