/**
 * Documents to executable form: BPMN XML in, process graphs out, or all problems at once.
 *
 * <p>Belongs here: what a document may contain and what its parts mean to the engine. Never here:
 * running it, storing it. Depends on: {@code kernel.graph}, {@code kernel.element}, {@code json},
 * {@code api.operation} for the problems.
 */
@org.jspecify.annotations.NullMarked
package org.millrace.definition;
