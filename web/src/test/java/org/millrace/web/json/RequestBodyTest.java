package org.millrace.web.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.core.MultivaluedHashMap;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.millrace.web.problem.ProblemException;

class RequestBodyTest {

  private final MultivaluedHashMap<String, String> headers = new MultivaluedHashMap<>();

  @Test
  void givenBodyOfTheLargestSize_whenRead_thenAllOfIt() throws IOException {
    var body = new ByteArrayInputStream(new byte[RequestBody.MAX_SIZE]);

    assertThat(RequestBody.read(headers, body)).hasSize(RequestBody.MAX_SIZE);
  }

  @Test
  void givenOneByteMore_whenRead_thenRefused() {
    var body = new ByteArrayInputStream(new byte[RequestBody.MAX_SIZE + 1]);

    assertThatThrownBy(() -> RequestBody.read(headers, body))
        .isInstanceOf(ProblemException.class)
        .hasMessage("the body is larger than 8 MiB");
  }

  @Test
  void givenTooLargeSizeDeclared_whenRead_thenRefusedUnread() {
    headers.putSingle("Content-Length", "99999999999");
    var unread = new ByteArrayInputStream(new byte[3]);

    assertThatThrownBy(() -> RequestBody.read(headers, unread))
        .isInstanceOf(ProblemException.class);
    assertThat(unread.available()).isEqualTo(3);
  }
}
