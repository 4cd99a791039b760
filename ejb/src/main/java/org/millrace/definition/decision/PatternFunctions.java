package org.millrace.definition.decision;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import net.sf.saxon.lib.Feature;
import net.sf.saxon.s9api.ItemType;
import net.sf.saxon.s9api.OccurrenceIndicator;
import net.sf.saxon.s9api.Processor;
import net.sf.saxon.s9api.QName;
import net.sf.saxon.s9api.SaxonApiException;
import net.sf.saxon.s9api.XPathCompiler;
import net.sf.saxon.s9api.XPathExecutable;
import net.sf.saxon.s9api.XPathSelector;
import net.sf.saxon.s9api.XdmAtomicValue;
import net.sf.saxon.s9api.XdmItem;
import net.sf.saxon.trans.UncheckedXPathException;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.api.feel.runtime.events.FEELEvent.Severity;
import org.kie.dmn.feel.runtime.FEELFunction;
import org.kie.dmn.feel.runtime.events.InvalidParametersEvent;
import org.kie.dmn.feel.runtime.functions.BaseFEELFunction;
import org.kie.dmn.feel.runtime.functions.FEELFnResult;
import org.kie.dmn.feel.runtime.functions.ParameterName;

/**
 * FEEL's functions that search for patterns, in place of the library's. Those write flags, which
 * may come from a variable, into the text of a query that can open files; and a costly pattern
 * keeps them busy for years. Here the query is always the same and its arguments are values, and a
 * search is given up in time. Public, for the library finds {@code invoke} by reflection.
 */
public final class PatternFunctions {

  static final Set<String> NAMES = Set.of("matches", "replace", "split");

  /** About a tenth of a second. */
  private static final int MAX_BACKTRACKING = 100_000;

  private static final QName INPUT = new QName("input");
  private static final QName PATTERN = new QName("pattern");
  private static final QName REPLACEMENT = new QName("replacement");
  private static final QName FLAGS = new QName("flags");

  private static final XPathExecutable MATCHES = compiled("matches($input, $pattern, $flags)");
  private static final XPathExecutable REPLACE =
      compiled("replace($input, $pattern, $replacement, $flags)");

  private PatternFunctions() {}

  static List<FEELFunction> all() {
    return List.of(new Matches(), new Replace(), new Split());
  }

  private static XPathExecutable compiled(String query) {
    Processor processor = new Processor(false);
    processor.setConfigurationProperty(Feature.REGEX_BACKTRACKING_LIMIT, MAX_BACKTRACKING);
    XPathCompiler compiler = processor.newXPathCompiler();
    for (QName name : List.of(INPUT, PATTERN, REPLACEMENT, FLAGS)) {
      compiler.declareVariable(name, ItemType.STRING, OccurrenceIndicator.ONE);
    }
    try {
      return compiler.compile(query);
    } catch (SaxonApiException e) {
      throw new IllegalStateException(e);
    }
  }

  private static XdmItem evaluate(XPathExecutable query, Map<QName, String> arguments)
      throws SaxonApiException {
    XPathSelector evaluation = query.load();
    for (Map.Entry<QName, String> argument : arguments.entrySet()) {
      evaluation.setVariable(argument.getKey(), new XdmAtomicValue(argument.getValue()));
    }
    long begin = Budget.searching();
    try {
      XdmItem value = evaluation.evaluateSingle();
      Budget.searched(begin);
      return value;
    } catch (UncheckedXPathException | StackOverflowError e) {
      Budget.giveUp("its regular expression takes too long or nests too deep");
      throw new SaxonApiException(e);
    }
  }

  private static <T> FEELFnResult<T> error(String parameter, String problem) {
    return FEELFnResult.ofError(new InvalidParametersEvent(Severity.ERROR, parameter, problem));
  }

  private static String orNone(@Nullable String flags) {
    return flags == null ? "" : flags;
  }

  /** FEEL's matches(). */
  public static final class Matches extends BaseFEELFunction {

    Matches() {
      super("matches");
    }

    public FEELFnResult<Boolean> invoke(
        @ParameterName("input") @Nullable String input,
        @ParameterName("pattern") @Nullable String pattern) {
      return invoke(input, pattern, null);
    }

    public FEELFnResult<Boolean> invoke(
        @ParameterName("input") @Nullable String input,
        @ParameterName("pattern") @Nullable String pattern,
        @ParameterName("flags") @Nullable String flags) {
      if (input == null || pattern == null) {
        return error(input == null ? "input" : "pattern", "cannot be null");
      }
      try {
        XdmItem found =
            evaluate(MATCHES, Map.of(INPUT, input, PATTERN, pattern, FLAGS, orNone(flags)));
        return FEELFnResult.ofResult(((XdmAtomicValue) found).getBooleanValue());
      } catch (SaxonApiException e) {
        return error("pattern", String.valueOf(e.getMessage()));
      }
    }
  }

  /** FEEL's replace(). */
  public static final class Replace extends BaseFEELFunction {

    Replace() {
      super("replace");
    }

    public FEELFnResult<String> invoke(
        @ParameterName("input") @Nullable String input,
        @ParameterName("pattern") @Nullable String pattern,
        @ParameterName("replacement") @Nullable String replacement) {
      return invoke(input, pattern, replacement, null);
    }

    public FEELFnResult<String> invoke(
        @ParameterName("input") @Nullable String input,
        @ParameterName("pattern") @Nullable String pattern,
        @ParameterName("replacement") @Nullable String replacement,
        @ParameterName("flags") @Nullable String flags) {
      if (input == null || pattern == null || replacement == null) {
        return error(
            input == null ? "input" : pattern == null ? "pattern" : "replacement",
            "cannot be null");
      }
      Map<QName, String> arguments =
          Map.of(INPUT, input, PATTERN, pattern, REPLACEMENT, replacement, FLAGS, orNone(flags));
      try {
        return FEELFnResult.ofResult(evaluate(REPLACE, arguments).getStringValue());
      } catch (SaxonApiException e) {
        return error("pattern", String.valueOf(e.getMessage()));
      }
    }
  }

  /** FEEL's split(), whose delimiter the library takes for a pattern of Java's. */
  public static final class Split extends BaseFEELFunction {

    Split() {
      super("split");
    }

    public FEELFnResult<List<String>> invoke(
        @ParameterName("string") @Nullable String string,
        @ParameterName("delimiter") @Nullable String delimiter) {
      if (string == null || delimiter == null) {
        return error(string == null ? "string" : "delimiter", "cannot be null");
      }
      try {
        return FEELFnResult.ofResult(
            List.of(Pattern.compile(delimiter).split(Budget.looksAt(string), -1)));
      } catch (PatternSyntaxException e) {
        return error("delimiter", "is invalid and can not be compiled");
      } catch (IllegalStateException | StackOverflowError e) {
        Budget.giveUp("its regular expression takes too long or nests too deep");
        return error("delimiter", "takes too long");
      }
    }
  }
}
