package org.millrace.definition;

import java.util.Map;

/**
 * What has to be known of a document before it is read: found in one look at it, whatever else may
 * be wrong with it.
 *
 * @param isDmn whether it is meant as DMN
 * @param tags what it calls the versions of its processes and decisions, by their ids
 */
public record Heading(boolean isDmn, Map<String, String> tags) {

  /** The heading of a document as it was written. */
  public static Heading of(byte[] xml) {
    XmlElement root = XmlGuard.read(xml);
    return new Heading(DmnReader.isDmn(root), VersionTags.of(root));
  }
}
