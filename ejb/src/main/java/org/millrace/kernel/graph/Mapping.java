package org.millrace.kernel.graph;

/** One input or output mapping: a variable and the expression that gives its value. */
public record Mapping(String target, Expression source) {}
