package org.millrace.web.json;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.IOException;
import java.io.InputStream;
import org.millrace.web.problem.ProblemException;

/** What a request carries, up to the size that the engine takes. */
public final class RequestBody {

  /** In bytes. */
  public static final int MAX_SIZE = 8 * 1024 * 1024;

  private RequestBody() {}

  /**
   * Reads all of it.
   *
   * @throws ProblemException 413 if it is larger; then it is not read on
   */
  public static byte[] read(MultivaluedMap<String, String> headers, InputStream body)
      throws IOException {
    if (declaredSize(headers) > MAX_SIZE) {
      throw tooLarge();
    }
    byte[] bytes = body.readNBytes(MAX_SIZE + 1);
    if (bytes.length > MAX_SIZE) {
      throw tooLarge();
    }
    return bytes;
  }

  private static long declaredSize(MultivaluedMap<String, String> headers) {
    String size = headers.getFirst(HttpHeaders.CONTENT_LENGTH);
    return size == null ? -1 : Long.parseLong(size);
  }

  private static ProblemException tooLarge() {
    return new ProblemException(413, "the body is larger than 8 MiB");
  }
}
