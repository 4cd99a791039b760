/** Proves the stages against real databases, and that the process can be read and is drawn. */
package org.millrace.examples.order;
