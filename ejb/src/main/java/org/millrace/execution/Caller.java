package org.millrace.execution;

/**
 * Who called an instance.
 *
 * @param waitId the caller's wait for its end
 * @param attempt which of the instances called by this wait it is
 * @param activity the call activity
 * @param depth how many callers there are above, this one too
 */
public record Caller(String instanceId, int waitId, int attempt, String activity, int depth) {}
