package org.millrace.kernel.state;

import java.util.Map;

/**
 * What a called instance has escalated.
 *
 * @param variables its own at that moment
 */
public record Escalation(String code, Map<String, Object> variables) {}
