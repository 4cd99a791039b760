package org.millrace.differential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file of small models, written from the engines' handbooks. Each begins with a line {@code ===
 * ENGINES: NAME}, where the engines are {@code operaton}, {@code flowable} or {@code both}. Then
 * comes what stands in definitions, or in the one process there is; {@code a -> b ?${x > 1} -> c}
 * stands for sequence flows.
 */
final class Chapter {

  private static final String HEAD = "=== ";

  private static final Pattern ROOT =
      Pattern.compile("<(message|signal|error|escalation|item|inter)");

  private static final Pattern NESTING =
      Pattern.compile("<association [^>]*/>|</?(process|subProcess|transaction)\\b");

  private Chapter() {}

  static List<Match> all(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().flatMap(file -> read(file).stream()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Match> read(Path file) {
    try {
      return read(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Match> read(String text) {
    List<Match> matches = new ArrayList<>();
    for (String part : ("\n" + text).split("\n" + HEAD, -1)) {
      if (part.isBlank()) {
        continue;
      }
      String[] parts = part.split("\n", 2);
      String[] head = parts[0].split(": ", 2);
      for (Oracle oracle : Oracle.values()) {
        if (head[0].equals("both") || head[0].equals(oracle.name().toLowerCase(Locale.ROOT))) {
          matches.add(new Match(oracle, head[1].strip(), content(parts[1])));
        }
      }
    }
    return matches;
  }

  private static String content(String text) {
    StringBuilder roots = new StringBuilder();
    StringBuilder content = new StringBuilder();
    boolean isWhole = text.contains("<process");
    for (String line : text.lines().toList()) {
      boolean isRoot = !isWhole && ROOT.matcher(line).lookingAt();
      (isRoot ? roots : content).append(line.contains(" -> ") ? flows(line) : line).append('\n');
    }
    if (!isWhole) {
      content
          .insert(0, roots + "<process id=\"process\" isExecutable=\"true\">\n")
          .append("</process>");
    }
    return associationsLast(content);
  }

  /** BPMN's schema has them behind all else that lies in a process or sub-process. */
  private static String associationsLast(CharSequence content) {
    StringBuilder result = new StringBuilder();
    Deque<StringBuilder> associations = new ArrayDeque<>();
    Matcher part = NESTING.matcher(content);
    while (part.find()) {
      if (part.group().startsWith("<association")) {
        associations.element().append(part.group());
        part.appendReplacement(result, "");
      } else if (part.group().startsWith("</")) {
        part.appendReplacement(result, Matcher.quoteReplacement(associations.pop() + part.group()));
      } else {
        associations.push(new StringBuilder());
      }
    }
    return part.appendTail(result).toString();
  }

  private static String flows(String line) {
    StringBuilder flows = new StringBuilder();
    String[] steps = line.strip().split(" -> ", -1);
    for (int i = 1; i < steps.length; i++) {
      String[] source = steps[i - 1].split(" \\?", 2);
      String target = steps[i].split(" \\?", 2)[0];
      flows.append(
          "<sequenceFlow id=\"%s-%s\" sourceRef=\"%s\" targetRef=\"%s\">%s</sequenceFlow>"
              .formatted(source[0], target, source[0], target, condition(source)));
    }
    return flows.toString();
  }

  private static String condition(String[] source) {
    return source.length == 1
        ? ""
        : "<conditionExpression xsi:type=\"tFormalExpression\"><![CDATA[%s]]></conditionExpression>"
            .formatted(source[1]);
  }
}
