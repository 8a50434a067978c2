package dev.retort.kernel.zmtp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Turns the bytes of a peer into commands and messages, within bounds.
 *
 * <p>A declared length is compared with the bound before anything is kept, and memory grows with
 * the bytes that have come, not with those that were announced. Every step either allocates and
 * then changes something, or changes nothing: when memory runs out in the midst of it, the same
 * bytes can be taken again.
 */
final class Decoder {
  private static final byte[] MECHANISM = Arrays.copyOf("NULL".getBytes(US_ASCII), 20);
  private static final int COMMAND_BYTES = 4096;
  private static final int FIRST_BYTES = 8192;
  private static final long FRAME_COST = 32;
  private static final int MORE = 1;
  private static final int LONG = 2;
  private static final int COMMAND = 4;

  /** What becomes of commands and messages. */
  interface Receiver {
    void greeted();

    void command(byte[] body) throws Breach;

    void message(List<byte[]> frames) throws Breach;
  }

  private final Limits limits;
  private final Receiver receiver;
  private final byte[] header = new byte[9];
  private int greeted;
  private int headed;
  private byte[] body;
  private int filled;
  private long size;
  private long mostBytes;
  private List<byte[]> frames = new ArrayList<>();
  private long frameBytes;

  Decoder(Limits limits, Receiver receiver) {
    this.limits = limits;
    this.receiver = receiver;
    this.mostBytes = limits.strangerBytes();
  }

  /** From now on the bounds are those of a peer that is known. */
  void trust() {
    mostBytes = limits.messageBytes();
  }

  /** The bytes kept of a message that is not complete. */
  long held() {
    return frameBytes + FRAME_COST * frames.size() + (body == null ? 0 : body.length + FRAME_COST);
  }

  /** Takes all bytes of a buffer. */
  void take(ByteBuffer bytes) throws Breach {
    while (bytes.hasRemaining() || (body != null && filled == size)) {
      if (greeted < Frames.GREETING_BYTES) {
        greet(bytes.get());
      } else if (body == null) {
        head(bytes.get(bytes.position()));
        bytes.get();
      } else if (filled < size) {
        fill(bytes);
      } else {
        finish();
      }
    }
  }

  private void greet(byte next) throws Breach {
    int at = greeted;
    boolean good =
        switch (at) {
          case 0 -> (next & 0xFF) == 0xFF;
          case 9 -> (next & 1) == 1;
          case 10 -> next >= 3;
          default -> at < 12 || at >= 32 || next == MECHANISM[at - 12];
        };
    if (!good) {
      throw new Breach(
          "the greeting of ZMTP 3 without encryption", "byte " + (next & 0xFF) + " at " + at);
    }
    greeted++;
    if (greeted == Frames.GREETING_BYTES) {
      receiver.greeted();
    }
  }

  private void head(byte next) throws Breach {
    header[headed] = next;
    int flags = header[0];
    if ((flags & ~(MORE | LONG | COMMAND)) != 0 || (flags & (MORE | COMMAND)) == (MORE | COMMAND)) {
      throw new Breach("a frame", "flags " + (flags & 0xFF));
    }
    if (headed < ((flags & LONG) == 0 ? 1 : 8)) {
      headed++;
      return;
    }
    long declared =
        (flags & LONG) == 0 ? header[1] & 0xFF : ByteBuffer.wrap(header, 1, 8).getLong();
    check((flags & COMMAND) != 0, declared);
    body = new byte[(int) Math.min(declared, FIRST_BYTES)];
    filled = 0;
    size = declared;
    headed = 0;
  }

  private void check(boolean command, long declared) throws Breach {
    if (command) {
      if (declared < 0 || declared > COMMAND_BYTES) {
        throw new Breach(
            "a command of at most " + COMMAND_BYTES + " bytes", Long.toUnsignedString(declared));
      }
      return;
    }
    if (frames.size() >= limits.frames()) {
      throw new Breach("a message of at most " + limits.frames() + " frames", "one more");
    }
    if (declared < 0 || declared > mostBytes - frameBytes) {
      throw new Breach(
          "a message of at most " + mostBytes + " bytes",
          "a frame of " + Long.toUnsignedString(declared));
    }
  }

  private void fill(ByteBuffer bytes) {
    if (filled == body.length) {
      body = Arrays.copyOf(body, (int) Math.min(size, 2L * body.length));
    }
    int count = Math.min(bytes.remaining(), body.length - filled);
    bytes.get(body, filled, count);
    filled += count;
  }

  private void finish() throws Breach {
    int flags = header[0];
    if ((flags & COMMAND) != 0) {
      receiver.command(body);
      body = null;
      return;
    }
    if ((flags & MORE) != 0) {
      frames.add(body);
      frameBytes += size;
      body = null;
      return;
    }
    List<byte[]> whole = new ArrayList<>(frames);
    whole.add(body);
    List<byte[]> none = new ArrayList<>();
    receiver.message(whole);
    frames = none;
    frameBytes = 0;
    body = null;
  }
}
