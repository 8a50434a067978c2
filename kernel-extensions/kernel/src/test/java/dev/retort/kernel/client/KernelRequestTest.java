package dev.retort.kernel.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.retort.kernel.fixture.RawPeer;
import dev.retort.kernel.wire.Channel;
import dev.retort.kernel.wire.Wire;
import dev.retort.kernel.wire.WireMessage;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Messages with a right signature that are not what the protocol says, or that come again. */
class KernelRequestTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private static KernelClient kernel;
  private static int sent;

  @BeforeAll
  static void start() throws IOException {
    kernel = KernelClient.start(KernelLaunch.ofThisJvm());
  }

  @AfterAll
  static void stop() {
    kernel.close();
  }

  private static RawPeer client(Channel channel) throws IOException {
    return new RawPeer(kernel.connection().socketAddress(channel)).handshake("DEALER", new byte[0]);
  }

  private static List<byte[]> signed(String... parts) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(kernel.connection().key().getBytes(UTF_8), "HmacSHA256"));
      List<byte[]> frames = new ArrayList<>();
      for (String part : parts) {
        frames.add(part.getBytes(UTF_8));
        mac.update(part.getBytes(UTF_8));
      }
      frames.add(0, HexFormat.of().formatHex(mac.doFinal()).getBytes(US_ASCII));
      frames.add(0, "<IDS|MSG>".getBytes(US_ASCII));
      return frames;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String header(String type) {
    return "{\"msg_id\": \"raw-" + sent++ + "\", \"msg_type\": \"" + type + "\"}";
  }

  /** The content of the reply to a request of this content. */
  private static JsonObject ask(Channel channel, String type, String content) throws IOException {
    try (RawPeer client = client(channel)) {
      List<byte[]> reply = client.message(signed(header(type), "{}", "{}", content)).receive();
      return JsonParser.parseString(new String(reply.get(5), UTF_8)).getAsJsonObject();
    }
  }

  @Test
  void messagesThatCannotBeAnsweredAreIgnored() throws IOException {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    try (RawPeer client = client(Channel.SHELL);
        RawPeer control = client(Channel.CONTROL)) {
      for (RawPeer peer : List.of(client, control)) {
        String parent = peer == client ? "{}" : "{ }"; // for no message may come again
        for (String odd :
            List.of("null", "[]", "7", "\"x\"", "", "{", "{}", "{\"a\":", deep, "NaN")) {
          peer.message(signed(odd, parent, "{}", "{}"));
          peer.message(signed(odd, parent, odd, "null"));
        }
        peer.message(
            signed("{\"msg_id\": 1, \"msg_type\": \"execute_request\"}", "{}", "{}", "{}"));
        peer.message(signed("{\"msg_id\": \"a\", \"msg_type\": null}", "{}", "{}", "{}"));
        peer.message(signed(header("execute_request"), "[]", "{}", "{}"));
        peer.message(signed(header("execute_request"), "{}", "1", "{}"));
        peer.message(signed(header("execute_request"), "{}", "{}", deep));
        peer.message(signed(header("execute_request") + "x", "{}", "{}", "{}"));
        peer.message(signed(header("x".repeat(100_000)), "{}", "{}", "{}"));
        peer.message(signed(header("no_such_request"), "{}", "{}", "null"));
        peer.message(signed(header("comm_open"), "{}", "{}", "{\"comm_id\": []}"));
        peer.message(signed(header("comm_msg"), "null", "null", "null"));
      }
    }
    assertThat(kernel.execute("1 + 1", LIMIT).value()).isEqualTo("2");
    assertThat(kernel.said())
        .containsOnlyOnce("the shell channel: ignored a signed message: header: expected")
        .containsOnlyOnce("the control channel: ignored a signed message: header: expected");
  }

  @Test
  void requestsOfTheWrongFormAreAnsweredInWords() throws IOException {
    for (String content :
        List.of(
            "null",
            "{}",
            "{\"code\": 1}",
            "{\"code\": null}",
            "{\"code\": [\"1\"]}",
            "{\"code\": \"1\", \"allow_stdin\": \"yes\"}",
            "{\"code\": \"1\", \"silent\": 1}",
            "{\"code\": \"1\", \"store_history\": {}}",
            "{\"code\": \"1\", \"user_expressions\": []}",
            "{\"code\": \"1\", \"stop_on_error\": []}")) {
      JsonObject reply = ask(Channel.SHELL, "execute_request", content);
      assertThat(reply.get("status").getAsString()).as(content).isEqualTo("error");
      assertThat(reply.get("evalue").getAsString()).contains("execute_request: expected ");
    }
    for (String type : List.of("complete_request", "inspect_request")) {
      for (String position : List.of("\"1\"", "[]", "true")) {
        JsonObject reply =
            ask(Channel.SHELL, type, "{\"code\": \"1\", \"cursor_pos\": " + position + "}");
        assertThat(reply.get("evalue").getAsString())
            .startsWith(type + ": expected cursor_pos to be a number, got ");
      }
    }
    assertThat(ask(Channel.CONTROL, "shutdown_request", "{\"restart\": \"no\"}").get("evalue"))
        .hasToString(
            "\"shutdown_request: expected restart to be true or false, got a text. Send it again as"
                + " the protocol says.\"");
    assertThat(kernel.execute("1 + 1", LIMIT).value()).isEqualTo("2");
  }

  @Test
  void numbersAreTakenWhateverTheirSize() throws IOException {
    for (String number : List.of("-1", "1e999999999", "-1e999999999", "0.5", "9".repeat(500))) {
      JsonObject completed =
          ask(
              Channel.SHELL,
              "complete_request",
              "{\"code\": \"Mat\", \"cursor_pos\": " + number + "}");
      assertThat(completed.get("status").getAsString()).as(number).isEqualTo("ok");
      JsonObject history =
          ask(
              Channel.SHELL,
              "history_request",
              "{\"hist_access_type\": \"tail\", \"n\": " + number + "}");
      assertThat(history.get("status").getAsString()).as(number).isEqualTo("ok");
    }
  }

  @Test
  void aCellThatInterruptsTheThreadsOfTheKernelEndsNone() throws IOException {
    String code =
        "Thread.getAllStackTraces().keySet().stream()"
            + ".filter(t -> t.getName().matches(\"retort-(wire|outlet|shell|control|stdin)\"))"
            + ".peek(Thread::interrupt).count()";
    assertThat(kernel.execute(code, LIMIT).value()).isEqualTo("5");
    assertThat(kernel.execute("1 + 1", LIMIT).value()).isEqualTo("2");
    assertThat(ask(Channel.CONTROL, "kernel_info_request", "{}").get("status").getAsString())
        .isEqualTo("ok");
  }

  @Test
  void nullCountsAsAbsent() throws IOException {
    String content =
        "{\"code\": \"1 + 1\", \"user_expressions\": null, \"allow_stdin\": null, \"silent\": null}";
    assertThat(ask(Channel.SHELL, "execute_request", content).get("status").getAsString())
        .isEqualTo("ok");
    assertThat(ask(Channel.SHELL, "kernel_info_request", "null").get("status").getAsString())
        .isEqualTo("ok");
  }

  @Test
  void aSignedMessageThatComesAgainIsNotRunAgain() throws IOException {
    kernel.execute("int times = 0;", LIMIT);
    JsonObject content = new JsonObject();
    content.addProperty("code", "times++;");
    List<byte[]> frames =
        Wire.signedWith(kernel.connection().key())
            .frames(WireMessage.of("execute_request", "client", content));
    List<byte[]> withBuffer = new ArrayList<>(frames);
    withBuffer.add(new byte[] {1});
    List<byte[]> routed = new ArrayList<>(frames);
    routed.add(0, new byte[] {1});
    try (RawPeer first = client(Channel.SHELL);
        RawPeer second = client(Channel.SHELL);
        RawPeer control = client(Channel.CONTROL)) {
      assertThat(first.message(frames).receive()).hasSize(6);
      first.message(frames).message(withBuffer).message(routed);
      second.message(frames);
      control.message(frames);
      assertThat(first.message(signed(header("kernel_info_request"), "{}", "{}", "{}")).receive())
          .hasSize(6);
      assertThat(second.message(signed(header("kernel_info_request"), "{}", "{}", "{}")).receive())
          .hasSize(6);
    }
    assertThat(kernel.execute("times", LIMIT).value()).isEqualTo("1");
    assertThat(kernel.said())
        .containsOnlyOnce("the shell channel: ignored a message that had come");
  }

  @Test
  void whoeverIsKnownMaySendALongMessageAndManyBuffers() throws IOException {
    try (RawPeer client = client(Channel.SHELL)) {
      client.message(signed(header("kernel_info_request"), "{}", "{}", "{}")).receive();
      String comment = "/*" + "x".repeat(12_000_000) + "*/";
      String content = "{\"code\": \"" + comment + "\", \"silent\": true}";
      List<byte[]> frames = signed(header("is_complete_request"), "{}", "{}", content);
      for (int i = 0; i < 1000; i++) {
        frames.add(new byte[10]);
      }
      assertThat(client.message(frames).receive()).hasSize(6);
    }
  }
}
