package dev.retort.kernel.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.retort.kernel.fixture.RawPeer;
import dev.retort.kernel.wire.Channel;
import dev.retort.kernel.wire.Wire;
import dev.retort.kernel.wire.WireMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What anyone can do to a kernel without its key, and that it goes on: in a heap of 80 MB. */
class KernelStrangerTest {
  private static final byte[] NOBODY = {};
  private static final int MOST_CONNECTIONS = 100;

  private static KernelClient kernel;

  @BeforeAll
  static void start() throws IOException {
    kernel = KernelClient.start(KernelLaunch.ofThisJvm().withJvmFlags(List.of("-Xmx80m")));
    kernel.execute("int asked = 0;", Duration.ofSeconds(30));
  }

  @AfterEach
  void theKernelGoesOn() throws IOException {
    assertThat(kernel.execute("1 + 1", Duration.ofSeconds(10)).value()).isEqualTo("2");
    try (RawPeer heartbeat = peer(Channel.HEARTBEAT, "REQ")) {
      byte[] beat = "beat".getBytes(US_ASCII);
      assertThat(heartbeat.message(List.of(NOBODY, beat)).receive()).containsExactly(NOBODY, beat);
    }
  }

  @AfterAll
  static void stop() {
    kernel.close();
  }

  private static RawPeer stranger(Channel channel) throws IOException {
    return new RawPeer(kernel.connection().socketAddress(channel));
  }

  private static RawPeer peer(Channel channel, String type) throws IOException {
    return stranger(channel).handshake(type, NOBODY);
  }

  private static RawPeer peer(Channel channel) throws IOException {
    return peer(
        channel,
        switch (channel) {
          case IOPUB -> "SUB";
          case HEARTBEAT -> "REQ";
          default -> "DEALER";
        });
  }

  @Test
  void aBeatOfTwoFramesIsEchoed() throws IOException {
    try (RawPeer stranger = peer(Channel.HEARTBEAT)) {
      List<byte[]> frames = List.of(NOBODY, new byte[] {1}, new byte[] {2});
      assertThat(stranger.message(frames).receive()).containsExactlyElementsOf(frames);
    }
  }

  @Test
  void declaredLengthsAreLookedAtBeforeAnythingIsKept() throws IOException {
    for (Channel channel : Channel.values()) {
      for (long length : List.of(1_500_000_000L, Long.MIN_VALUE | 1_500_000_000L, -1L, 1L << 40)) {
        for (int flags : List.of(0, 1, 4)) {
          try (RawPeer stranger = peer(channel).head(flags, length)) {
            assertThat(stranger.isClosed()).as(channel + " " + length + " " + flags).isTrue();
          }
        }
      }
    }
    assertThat(kernel.said())
        .containsOnlyOnce("the heartbeat channel: closed a connection: expected a message of");
  }

  @Test
  void framesWithoutEndAreNotCollected() throws IOException {
    byte[] frames = new byte[1 << 16];
    for (int i = 0; i < frames.length; i += 2) {
      frames[i] = 1;
    }
    for (Channel channel : Channel.values()) {
      try (RawPeer stranger = peer(channel).bytes(frames)) {
        assertThat(stranger.isClosed()).as("%s", channel).isTrue();
      }
    }
  }

  @Test
  void strangersTogetherKeepLittle() throws IOException {
    List<RawPeer> strangers = new ArrayList<>();
    for (int i = 0; i < 90; i++) {
      strangers.add(peer(Channel.SHELL).frame(1, new byte[1_000_000]));
    }
    assertThat(strangers.get(0).isClosed()).isTrue();
    for (RawPeer stranger : strangers) {
      stranger.close();
    }
  }

  @Test
  void aMessageOfAStrangerIsBounded() throws IOException {
    try (RawPeer stranger = peer(Channel.CONTROL).frame(1, new byte[800_000])) {
      assertThat(stranger.frame(0, new byte[800_000]).isClosed()).isTrue();
    }
  }

  @Test
  void subscriptionsAreFewAndShort() throws IOException {
    try (RawPeer many = peer(Channel.IOPUB);
        RawPeer wide = peer(Channel.IOPUB);
        RawPeer commands = peer(Channel.IOPUB)) {
      for (int i = 0; i < 1000; i++) {
        many.frame(0, new byte[] {1, (byte) i, (byte) (i >> 8)});
        commands.frame(4, ("\tSUBSCRIBE" + i).getBytes(US_ASCII));
      }
      byte[] topic = new byte[100_000];
      topic[0] = 1;
      assertThat(wide.frame(0, topic).isClosed()).isTrue();
      assertThat(many.isClosed()).isTrue();
      assertThat(commands.isClosed()).isTrue();
    }
  }

  @Test
  void whatIsNoSubscriptionIsNotKept() throws IOException {
    byte[] rubbish = new byte[1000];
    Arrays.fill(rubbish, (byte) 'x');
    try (RawPeer stranger = peer(Channel.IOPUB)) {
      for (int i = 0; i < 100_000; i++) {
        stranger.frame(0, rubbish);
      }
    }
  }

  @Test
  void whoeverDoesNotSpeakTheProtocolIsClosed() throws IOException {
    byte[] foreign = new byte[64];
    foreign[0] = (byte) 0xFF;
    foreign[9] = 0x7F;
    for (Channel channel : Channel.values()) {
      for (byte[] bytes :
          List.of("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII), new byte[] {1, 0}, foreign)) {
        try (RawPeer stranger = stranger(channel).bytes(bytes)) {
          assertThat(stranger.isClosed()).as("%s %s", channel, bytes.length).isTrue();
        }
      }
      try (RawPeer unshaken = stranger(channel).greet().frame(0, new byte[10]);
          RawPeer flags = peer(channel).bytes(0x40, 1, 1);
          RawPeer twice = peer(channel).frame(4, "\5READY".getBytes(US_ASCII));
          RawPeer other = peer(channel, "PAIR")) {
        assertThat(unshaken.isClosed()).isTrue();
        assertThat(flags.isClosed()).isTrue();
        assertThat(twice.isClosed()).isTrue();
        assertThat(other.isClosed()).isTrue();
      }
    }
  }

  @Test
  void brokenCommandsCloseAndUnreadAnswersAreNotKept() throws IOException {
    for (byte[] command :
        List.of(
            new byte[0],
            new byte[] {0},
            new byte[] {(byte) 255, 'R'},
            "\5READY\13Socket-Type\177\177\177\177DEALER".getBytes(US_ASCII),
            "\5READY\13Socket-Type\377\377\377\377".getBytes(ISO_8859_1),
            "\5READY\377a".getBytes(ISO_8859_1),
            "\5ERROR\3400".getBytes(US_ASCII))) {
      try (RawPeer stranger = stranger(Channel.SHELL).greet().frame(4, command)) {
        assertThat(stranger.isClosed()).isTrue();
      }
    }
    try (RawPeer pings = peer(Channel.STDIN)) {
      byte[] ping = "\4PING\0\0".getBytes(US_ASCII);
      for (int i = 0; i < 50_000; i++) {
        pings.frame(4, ping);
      }
      pings.frame(4, "\4PING".getBytes(US_ASCII));
    }
  }

  @Test
  void beatsThatNobodyReadsAreNotKept() throws IOException {
    byte[] beats = new byte[1 << 16];
    List<RawPeer> strangers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      strangers.add(peer(Channel.HEARTBEAT).bytes(beats));
    }
    for (RawPeer stranger : strangers) {
      stranger.close();
    }
  }

  @Test
  void connectionsBeyondThoseThatAreTakenGoOrAreRefused() throws IOException {
    for (Channel channel : List.of(Channel.SHELL, Channel.IOPUB, Channel.HEARTBEAT)) {
      List<RawPeer> strangers = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        strangers.add(channel == Channel.SHELL ? peer(channel) : stranger(channel));
      }
      assertThat(kernel.execute("asked++", Duration.ofSeconds(10)).status())
          .isEqualTo(CellStatus.OK);
      long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
      long open = strangers.size();
      while (open > MOST_CONNECTIONS && System.nanoTime() < deadline) {
        open = strangers.stream().filter(stranger -> !stranger.isClosed(1)).count();
      }
      assertThat(open).isLessThanOrEqualTo(MOST_CONNECTIONS);
      for (RawPeer stranger : strangers) {
        stranger.close();
      }
    }
  }

  @Test
  void theIdentityOfAClientTakesNothingFromIt() throws IOException {
    byte[] session = kernel.session().getBytes(US_ASCII);
    List<RawPeer> strangers =
        List.of(
            stranger(Channel.SHELL).handshake("DEALER", session),
            stranger(Channel.CONTROL).handshake("DEALER", session));
    theKernelGoesOn();
    assertThat(kernel.execute("Thread.sleep(20_000);", Duration.ofMillis(100)).status())
        .isEqualTo(CellStatus.TIMED_OUT);
    for (RawPeer stranger : strangers) {
      stranger.close();
    }
  }

  @Test
  void aMessageWithoutTheRightSignatureIsNotRun() throws IOException {
    kernel.execute("asked = 0;", Duration.ofSeconds(10));
    JsonObject content = new JsonObject();
    content.addProperty("code", "asked = 1000;");
    WireMessage message = WireMessage.of("execute_request", "stranger", content);
    List<byte[]> unsigned = Wire.signedWith("").frames(message);
    List<byte[]> changed =
        new ArrayList<>(Wire.signedWith(kernel.connection().key()).frames(message));
    changed.set(5, new String(changed.get(5), UTF_8).replace("1000", "2000").getBytes(UTF_8));
    try (RawPeer stranger = peer(Channel.SHELL)) {
      stranger
          .message(unsigned)
          .message(Wire.signedWith("guess").frames(message))
          .message(changed)
          .message(unsigned.subList(0, 3))
          .message(List.of(NOBODY));
      List<byte[]> last =
          Wire.signedWith(kernel.connection().key())
              .frames(WireMessage.of("kernel_info_request", "stranger", new JsonObject()));
      assertThat(stranger.message(last).receive()).hasSize(6);
    }
    assertThat(kernel.execute("asked", Duration.ofSeconds(10)).value()).isEqualTo("0");
    assertThat(kernel.said()).containsOnlyOnce("without the right signature");
  }
}
