/** The application services' own checks. */
package org.millrace.operation;
