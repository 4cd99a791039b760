/** The other engines, each embedded in a JVM of its own and driven by lines on its input. */
@org.jspecify.annotations.NullMarked
package org.millrace.bench.peer;
