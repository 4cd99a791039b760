/**
 * Tests of what is written in Markdown, for this module is where texts in two languages are tested
 * anyway.
 *
 * <p>Belongs here: what can be told of a text without understanding it. Never here: anything of the
 * pages. Depends on: the files of the project.
 */
@org.jspecify.annotations.NullMarked
package org.millrace.docs;
