/** The stored formats: what is written is read again, and looks as it did in earlier versions. */
@org.jspecify.annotations.NullMarked
package org.millrace.persistence.codec;
