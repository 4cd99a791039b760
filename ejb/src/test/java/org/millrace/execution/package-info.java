/**
 * The shell on both databases: real stores and a real kernel, a dispatcher that notes, a set clock.
 */
package org.millrace.execution;
