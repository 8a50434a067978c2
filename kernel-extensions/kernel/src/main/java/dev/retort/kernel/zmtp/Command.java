package dev.retort.kernel.zmtp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/** A command of a peer: a name, such as {@code READY}, and the bytes that follow it. */
final class Command {
  private final String name;
  private final byte[] body;

  private Command(String name, byte[] body) {
    this.name = name;
    this.body = body;
  }

  /** Reads the body of a frame. */
  static Command of(byte[] bytes) throws Breach {
    int length = bytes.length == 0 ? 0 : bytes[0] & 0xFF;
    if (length == 0 || 1 + length > bytes.length) {
      throw new Breach("a command with a name", bytes.length + " bytes");
    }
    return new Command(
        new String(bytes, 1, length, US_ASCII),
        Arrays.copyOfRange(bytes, 1 + length, bytes.length));
  }

  String name() {
    return name;
  }

  byte[] body() {
    return body;
  }

  /** A property of a handshake, by its name in any case; empty if it is not there. */
  byte[] property(String wanted) throws Breach {
    byte[] found = {};
    int at = 0;
    while (at < body.length) {
      int nameLength = body[at] & 0xFF;
      int valueAt = at + 1 + nameLength + 4;
      if (valueAt > body.length) {
        throw new Breach("whole properties of a handshake", "a part");
      }
      long valueLength = 0;
      for (int i = valueAt - 4; i < valueAt; i++) {
        valueLength = (valueLength << 8) | (body[i] & 0xFF);
      }
      if (valueLength > body.length - valueAt) {
        throw new Breach("whole properties of a handshake", "a part");
      }
      int end = valueAt + (int) valueLength;
      if (new String(body, at + 1, nameLength, US_ASCII).equalsIgnoreCase(wanted)) {
        found = Arrays.copyOfRange(body, valueAt, end);
      }
      at = end;
    }
    return found;
  }
}
