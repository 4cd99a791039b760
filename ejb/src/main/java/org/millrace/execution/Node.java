package org.millrace.execution;

/** This server, among those that work on the same database, each with a broker of its own. */
public final class Node {

  /** Its name: {@code -Djboss.node.name}, different on every node. */
  public static final String NAME = System.getProperty("jboss.node.name", "");

  private Node() {}
}
