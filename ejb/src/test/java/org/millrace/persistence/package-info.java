/**
 * The stores on real databases: each test runs on H2 and on PostgreSQL, see {@link TestDatabase}.
 */
@org.jspecify.annotations.NullMarked
package org.millrace.persistence;
