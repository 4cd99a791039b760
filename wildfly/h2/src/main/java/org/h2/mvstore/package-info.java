/**
 * What H2's own package of this name needs to be whole after a kill, see docs/adr/0008.
 *
 * <p>Belongs here: what the changed lines of H2's classes call (the pom changes them). Never here:
 * anything else. Depends on: H2's package of this name, whose secrets it shares.
 */
@org.jspecify.annotations.NullMarked
package org.h2.mvstore;
