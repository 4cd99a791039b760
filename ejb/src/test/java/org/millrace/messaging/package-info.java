/** The adapter to messages, on a real broker in the test's own memory. */
package org.millrace.messaging;
