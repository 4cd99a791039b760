package org.millrace.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExcerptTest {

  @ParameterizedTest
  @CsvSource({
    "'',''",
    "abcd,abcd",
    "abcde,abc…",
    "ab\uD83D\uDE00c,ab…",
    "a\uD83D\uDE00cd,a\uD83D\uDE00…"
  })
  void givenAText_thenNoMoreIsKeptThanThereIsRoomFor_andNoCharacterIsHalved(
      String text, String kept) {
    assertThat(Excerpt.of(text, 4)).isEqualTo(kept);
  }
}
