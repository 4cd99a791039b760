/**
 * An example of a user's own deployment: the process {@code order.bpmn} and one stage bean for each
 * of its stages.
 *
 * <p>Belongs here: what an author of stages writes. Never here: anything of the engine beyond its
 * api. Depends on: {@code org.millrace.api} and Jakarta EE.
 */
@org.jspecify.annotations.NullMarked
package org.millrace.examples.order;
