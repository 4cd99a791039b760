package org.millrace.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class TransactionIdTest {

  @Test
  void givenTheTransactionManagersBytes_thenItIsAsTheLogHasIt() {
    byte[] bytes =
        ByteBuffer.allocate(34)
            .putLong(0)
            .putLong(0xffff7f000001L)
            .putInt(-0xb66efc2)
            .putInt(0x4f9e6f8f)
            .putInt(9)
            .put("node-a".getBytes(UTF_8))
            .array();

    assertThat(TransactionId.of(bytes))
        .isEqualTo(new TransactionId("0:ffff7f000001:-b66efc2:4f9e6f8f:9", "node-a"));
  }

  @Test
  void givenAnotherTransactionManagersBytes_thenItIsNone() {
    assertThat(TransactionId.of(new byte[27])).isNull();
  }

  @Test
  void givenTwoIds_thenOnlyTheirNumbersMayDifferInOneRun() {
    assertThat(TransactionId.ofSameRun("0:a:b:c:1", "0:a:b:c:2")).isTrue();
    assertThat(TransactionId.ofSameRun("0:a:b:c:1", "0:a:b:d:1")).isFalse();
  }
}
