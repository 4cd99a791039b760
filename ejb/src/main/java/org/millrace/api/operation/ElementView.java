package org.millrace.api.operation;

import org.jspecify.annotations.Nullable;

/**
 * An element of a process.
 *
 * @param name its human name, where it has one
 * @param type the BPMN element's name, e.g. {@code serviceTask}
 * @param within the id of the process or sub-process that it lies in
 */
public record ElementView(String id, @Nullable String name, String type, String within) {}
