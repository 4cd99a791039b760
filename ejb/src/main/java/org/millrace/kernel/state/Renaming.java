package org.millrace.kernel.state;

import java.util.Map;

/**
 * What elements and flows are called in another version; those that are not in it keep their names.
 */
record Renaming(Map<String, String> elements, Map<String, String> flows) {

  String of(String element) {
    return elements.getOrDefault(element, element);
  }
}
