package org.millrace.api.operation;

/**
 * One stage as it is now.
 *
 * @param queued messages in its queue, those in flight and scheduled retries included
 * @param inFlight messages being worked on
 * @param completed since the server started
 * @param failed attempts that failed since the server started
 * @param perSecond completed, over the last minute
 * @param p50Millis half of the recent work took no longer than this
 * @param p99Millis all but one in a hundred took no longer than this
 * @param retrying whether much has failed in the last minute: at least 5 attempts, and one in ten;
 *     an early warning, before incidents stand
 */
public record StageView(
    String stage,
    long queued,
    long inFlight,
    int consumers,
    boolean paused,
    long completed,
    long failed,
    double perSecond,
    double p50Millis,
    double p99Millis,
    boolean retrying) {}
