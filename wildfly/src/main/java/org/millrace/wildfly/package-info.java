/**
 * The development server's own two classes: {@link org.millrace.wildfly.Run} starts it from Maven,
 * {@link org.millrace.wildfly.Welcome} runs inside it as a module and says when it is ready.
 *
 * <p>Belongs here: what makes an unpacked WildFly the server of {@code mvn -P run}. Never here:
 * anything of the engine, which must run on servers that lack this. Depends on WildFly's core
 * management client alone.
 */
@NullMarked
package org.millrace.wildfly;

import org.jspecify.annotations.NullMarked;
