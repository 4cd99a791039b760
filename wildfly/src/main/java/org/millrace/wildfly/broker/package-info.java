/**
 * The broker's part in a transaction: docs/adr/0013.
 *
 * <p>Belongs here: how the server's transaction manager sees the sessions of the embedded broker.
 * Never here: anything of the engine. Depends on Artemis' service extensions and the transaction
 * manager's SPI.
 */
@NullMarked
package org.millrace.wildfly.broker;

import org.jspecify.annotations.NullMarked;
