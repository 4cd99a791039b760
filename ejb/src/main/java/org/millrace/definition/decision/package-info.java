/**
 * Decisions: DMN on the library that runs it, held back to what a server can bear.
 *
 * <p>Belongs here: all that knows the library, what it may reach and what it may cost. Never here:
 * where documents come from, versions. Depends on: {@code kernel.graph}, {@code json}, {@code
 * definition.expression.Looks}; kie-dmn, Saxon.
 */
@org.jspecify.annotations.NullMarked
package org.millrace.definition.decision;
