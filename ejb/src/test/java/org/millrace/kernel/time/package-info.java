/** Tests of times. */
@org.jspecify.annotations.NullUnmarked
package org.millrace.kernel.time;
