package org.millrace.api.operation;

import java.util.List;
import java.util.Map;

/**
 * What is to be changed about where an instance stands, in one step.
 *
 * @param cancel ids of activities: all that is at them is taken away
 * @param startBefore ids of elements: each is entered once, in the scope around it, which is opened
 *     where it is not active
 * @param variables are merged into the instance's own before anything starts
 */
public record Modification(
    List<String> cancel, List<String> startBefore, Map<String, Object> variables) {}
