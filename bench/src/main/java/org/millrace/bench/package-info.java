/**
 * Measures Millrace beside other engines: same machine, same PostgreSQL, in turns.
 *
 * <p>Belongs: the contenders, the turns, the check of each result in the database, the table.
 * Never: a figure that was not verified. Depends on the peers' public APIs and on the server as it
 * was built.
 */
@org.jspecify.annotations.NullMarked
package org.millrace.bench;
