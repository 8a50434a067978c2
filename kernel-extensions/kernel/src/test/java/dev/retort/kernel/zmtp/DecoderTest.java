package dev.retort.kernel.zmtp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Bytes become messages wherever they are cut, and nothing is kept that is not there yet. */
class DecoderTest {
  private static final Limits LIMITS = new Limits(1, 4, 100_000, 1 << 30, 1, 0);

  private final List<String> seen = new ArrayList<>();
  private final Decoder decoder =
      new Decoder(
          LIMITS,
          new Decoder.Receiver() {
            @Override
            public void greeted() {
              seen.add("greeted");
            }

            @Override
            public void command(byte[] body) {
              seen.add("command " + body.length);
            }

            @Override
            public void message(List<byte[]> frames) {
              seen.add("message " + frames.stream().map(frame -> frame.length).toList());
            }
          });

  private void take(byte... bytes) throws Breach {
    decoder.take(ByteBuffer.wrap(bytes));
  }

  private static byte[] head(int flags, long size) {
    return ByteBuffer.allocate(9).put((byte) (flags | 2)).putLong(size).array();
  }

  @Test
  void bytesAreTakenWhereverTheyAreCut() throws Breach {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(Frames.greeting().array());
    all.writeBytes(Frames.command("READY", new byte[20]).array());
    Frames.message(List.of(new byte[0], new byte[300], new byte[90_000], new byte[1]))
        .forEach(
            buffer -> {
              while (buffer.hasRemaining()) {
                all.write(buffer.get());
              }
            });
    all.writeBytes(new byte[] {0, 0});
    ByteBuffer rest = ByteBuffer.wrap(all.toByteArray());
    SplittableRandom random = new SplittableRandom(7);
    while (rest.hasRemaining()) {
      int count = Math.min(rest.remaining(), random.nextInt(1, 2 << random.nextInt(14)));
      decoder.take(rest.slice(rest.position(), count));
      rest.position(rest.position() + count);
    }
    assertThat(seen)
        .containsExactly("greeted", "command 26", "message [0, 300, 90000, 1]", "message [0]");
    assertThat(decoder.held()).isZero();
  }

  @Test
  void whatIsKeptGrowsWithWhatHasCome() throws Breach {
    take(Frames.greeting().array());
    decoder.trust();
    take(head(0, 1 << 29));
    take(new byte[10_000]);
    assertThat(decoder.held()).isBetween(10_000L, 40_000L);
  }

  @Test
  void boundsAreLookedAtByTheHeadOfAFrame() throws Breach {
    take(Frames.greeting().array());
    take((byte) 1, (byte) 3, (byte) 0, (byte) 0, (byte) 0);
    assertThatThrownBy(() -> take(head(0, 99_998)))
        .hasMessage("expected a message of at most 100000 bytes, got a frame of 99998");
    assertThat(decoder.held()).isLessThan(100);
    assertThat(seen).containsExactly("greeted");
  }

  @Test
  void lengthsBelowZeroAreLongOnes() throws Breach {
    take(Frames.greeting().array());
    assertThatThrownBy(() -> take(head(0, Long.MIN_VALUE | 5)))
        .hasMessage(
            "expected a message of at most 100000 bytes, got a frame of 9223372036854775813");
  }

  @Test
  void framesAreCounted() throws Breach {
    take(Frames.greeting().array());
    byte[] empty = {1, 0, 1, 0, 1, 0, 1, 0};
    take(empty);
    assertThatThrownBy(() -> take((byte) 0, (byte) 0))
        .hasMessage("expected a message of at most 4 frames, got one more");
  }

  @Test
  void onlyThisProtocolIsSpoken() {
    assertThatThrownBy(() -> take("GET /".getBytes(US_ASCII)))
        .hasMessage("expected the greeting of ZMTP 3 without encryption, got byte 71 at 0");
    byte[] curve = Frames.greeting().array();
    System.arraycopy("CURVE".getBytes(US_ASCII), 0, curve, 12, 5);
    Decoder other = new Decoder(LIMITS, null);
    assertThatThrownBy(() -> other.take(ByteBuffer.wrap(curve)))
        .hasMessage("expected the greeting of ZMTP 3 without encryption, got byte 67 at 12");
  }
}
