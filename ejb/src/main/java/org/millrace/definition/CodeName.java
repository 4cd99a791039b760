package org.millrace.definition;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What code that a model of another engine names is called here, where it does its work. */
final class CodeName {

  private static final Pattern BEAN =
      Pattern.compile("[$#]\\{\\s*+([\\p{Alnum}_$]++(?:\\.[\\p{Alnum}_$]++)*+)(?:\\(\\))?\\s*+}");

  private CodeName() {}

  /** The bean that an expression names alone; null if that is not what it does. */
  static @Nullable String ofBean(String delegateExpression) {
    Matcher bean = BEAN.matcher(delegateExpression.strip());
    return bean.matches() ? bean.group(1) : null;
  }

  /** The class's simple name. */
  static String ofClass(String className) {
    return className.strip().substring(className.strip().lastIndexOf('.') + 1);
  }
}
