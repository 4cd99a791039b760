package org.millrace.json;

/** Why a text is no JSON that the engine takes, or a value cannot be written as JSON. */
public class JsonException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public JsonException(String message) {
    super(message);
  }
}
