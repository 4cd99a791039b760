package org.millrace.execution;

import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.Refusal;
import org.millrace.json.Json;

/** What names and keys from outside may be, so that every store can hold and find them. */
public final class Keys {

  /** The longest key in characters: what the tables have room for. */
  private static final int MAX_LENGTH = 255;

  private static final int UUID_LENGTH = 36;

  private Keys() {}

  /**
   * Lets a key pass, or none.
   *
   * @throws Refusal INVALID if it is too long, or holds a character that databases cannot
   */
  static void require(String what, @Nullable String key) {
    require(what, key, MAX_LENGTH);
  }

  /**
   * Lets the id of an instance pass, which is a UUID, or none.
   *
   * @throws Refusal INVALID if it cannot be one
   */
  static void requireInstance(@Nullable String id) {
    require("instanceId", id, UUID_LENGTH);
  }

  private static void require(String what, @Nullable String key, int most) {
    if (key != null && key.length() > most) {
      throw new Refusal(
          Refusal.Kind.INVALID,
          "%s has %d characters; at most %d are allowed".formatted(what, key.length(), most));
    }
    requireText(what, key);
  }

  /**
   * Lets a text pass that is looked for, or none.
   *
   * @throws Refusal INVALID if it holds a character that databases cannot
   */
  public static void requireText(String what, @Nullable String text) {
    String flaw = text == null ? null : Json.flaw(text);
    if (flaw != null) {
      throw new Refusal(Refusal.Kind.INVALID, what + " contains " + flaw);
    }
  }
}
