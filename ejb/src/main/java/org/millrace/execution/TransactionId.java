package org.millrace.execution;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A transaction's global id, as the server's transaction manager makes it: where and when that was
 * started, a number, and the node's name.
 *
 * @param text as the server's log has it, such as {@code 0:ffff7f000001:-b66efc2:4f9e6f8f:9}
 */
public record TransactionId(String text, String node) {

  private static final int LENGTH = 2 * Long.BYTES + 3 * Integer.BYTES;

  /** Reads one; null if another transaction manager has made it. */
  public static @Nullable TransactionId of(byte[] global) {
    if (global.length < LENGTH) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.wrap(global);
    String text =
        String.join(
            ":",
            Long.toString(bytes.getLong(), 16),
            Long.toString(bytes.getLong(), 16),
            Integer.toString(bytes.getInt(), 16),
            Integer.toString(bytes.getInt(), 16),
            Integer.toString(bytes.getInt(), 16));
    return new TransactionId(text, UTF_8.decode(bytes).toString());
  }

  /** Whether the same start of a server has made both, as {@link #text} has them. */
  public static boolean ofSameRun(String one, String other) {
    return run(one).equals(run(other));
  }

  private static String run(String id) {
    return id.substring(0, Math.max(0, id.lastIndexOf(':')));
  }
}
