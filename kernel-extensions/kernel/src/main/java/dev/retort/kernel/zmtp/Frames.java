package dev.retort.kernel.zmtp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The bytes of ZMTP 3.0, as a server without encryption sends them. */
final class Frames {
  static final int GREETING_BYTES = 64;

  private static final int LONGEST_SHORT = 255;
  private static final int LONGEST_HEADER = 9;
  private static final int LONGEST_SHORT_MESSAGE = 1 << 16;

  private Frames() {}

  /** Signature, version 3.0, mechanism NULL. */
  static ByteBuffer greeting() {
    byte[] greeting = new byte[GREETING_BYTES];
    greeting[0] = (byte) 0xFF;
    greeting[9] = 0x7F;
    greeting[10] = 3;
    System.arraycopy("NULL".getBytes(US_ASCII), 0, greeting, 12, 4);
    return ByteBuffer.wrap(greeting);
  }

  /** The command that ends the handshake. */
  static ByteBuffer ready(SocketKind kind) {
    byte[] property = "Socket-Type".getBytes(US_ASCII);
    byte[] type = kind.name().getBytes(US_ASCII);
    ByteBuffer body = ByteBuffer.allocate(1 + property.length + 4 + type.length);
    body.put((byte) property.length).put(property).putInt(type.length).put(type);
    return command("READY", body.array());
  }

  static ByteBuffer command(String name, byte[] body) {
    int size = 1 + name.length() + body.length;
    return ByteBuffer.allocate(2 + size)
        .put((byte) 4)
        .put((byte) size)
        .put((byte) name.length())
        .put(name.getBytes(US_ASCII))
        .put(body)
        .flip();
  }

  /** A message: in one buffer if it is short, else in buffers that share the frames' arrays. */
  static List<ByteBuffer> message(List<byte[]> frames) {
    long bytes = 0;
    for (byte[] frame : frames) {
      bytes += LONGEST_HEADER + frame.length;
    }
    List<ByteBuffer> buffers = new ArrayList<>();
    if (bytes <= LONGEST_SHORT_MESSAGE) {
      ByteBuffer whole = ByteBuffer.allocate((int) bytes);
      for (int i = 0; i < frames.size(); i++) {
        header(whole, frames, i).put(frames.get(i));
      }
      buffers.add(whole.flip());
    } else {
      for (int i = 0; i < frames.size(); i++) {
        buffers.add(header(ByteBuffer.allocate(LONGEST_HEADER), frames, i).flip());
        buffers.add(ByteBuffer.wrap(frames.get(i)));
      }
    }
    return buffers;
  }

  private static ByteBuffer header(ByteBuffer into, List<byte[]> frames, int index) {
    int length = frames.get(index).length;
    int more = index + 1 < frames.size() ? 1 : 0;
    return length <= LONGEST_SHORT
        ? into.put((byte) more).put((byte) length)
        : into.put((byte) (more | 2)).putLong(length);
  }
}
