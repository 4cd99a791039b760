package org.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.millrace.kernel.command.Command;

class RulesTest {

  @Test
  void everyCommandHasItsRule() {
    assertThat(Rules.RULES.keySet()).isNotEmpty().containsExactlyInAnyOrder(permitted());
  }

  @SuppressWarnings("unchecked") // What a sealed interface permits are its own kinds.
  private static Class<? extends Command>[] permitted() {
    return (Class<? extends Command>[]) Command.class.getPermittedSubclasses();
  }
}
