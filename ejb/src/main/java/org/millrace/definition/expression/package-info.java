/**
 * The expression languages: FEEL and the Jakarta Expression Language.
 *
 * <p>Belongs here: compiling a text once, evaluating it against variables alone, with bounds on
 * what it may cost. Never here: where an expression stands and what its value is for. Depends on:
 * {@code kernel.graph.Expression}, {@code json}; feel-engine, {@code jakarta.el}.
 */
@org.jspecify.annotations.NullMarked
package org.millrace.definition.expression;
