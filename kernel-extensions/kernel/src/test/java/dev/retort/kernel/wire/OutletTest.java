package dev.retort.kernel.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What goes into the outlet comes out once, whole and in order. */
class OutletTest {
  @Test
  void textIsGatheredAndNeverOvertakenByAMessage() {
    List<WireMessage> sent = new CopyOnWriteArrayList<>();
    try (Outlet outlet = new Outlet("s", sent::add)) {
      for (int i = 0; i < 1000; i++) {
        print(outlet, "stdout", i + "\n");
      }
      print(outlet, "stderr", "oops");
      outlet.publish("display_data", new JsonObject());
      print(outlet, "stdout", "end");
    }
    assertThat(sent).extracting(WireMessage::type).endsWith("stream", "display_data", "stream");
    assertThat(sent).hasSizeLessThan(20);
    StringBuilder text = new StringBuilder();
    sent.forEach(message -> text.append(message.text("text")));
    assertThat(text.toString()).startsWith("0\n1\n2\n").endsWith("998\n999\noopsend");
  }

  @Test
  void aCharacterIsNotBrokenBetweenTwoMessages() {
    byte[] euro = "€".getBytes(UTF_8);
    assertThat(Outlet.wholeCharacters("ab€".getBytes(UTF_8))).isEqualTo(5);
    assertThat(Outlet.wholeCharacters(new byte[] {'a', euro[0], euro[1]})).isEqualTo(1);
    assertThat(Outlet.wholeCharacters("😀".getBytes(UTF_8))).isEqualTo(4);
    assertThat(Outlet.wholeCharacters(new byte[] {'a', (byte) 0xF0, (byte) 0x9F})).isEqualTo(1);
  }

  @Test
  void anInterruptedThreadLosesNothing() {
    List<WireMessage> sent = new CopyOnWriteArrayList<>();
    Thread.currentThread().interrupt();
    try (Outlet outlet = new Outlet("s", sent::add)) {
      print(outlet, "stdout", "still here");
    }
    assertThat(Thread.interrupted()).isTrue();
    assertThat(sent).extracting(message -> message.text("text")).containsExactly("still here");
  }

  @Test
  void whatACellPrintsBeyondItsAllowanceIsCountedFromTheEndOfALineOn() {
    List<WireMessage> sent = new CopyOnWriteArrayList<>();
    String line = "0123456789".repeat(5) + "\n";
    int lines = 400_000; // 20.4 million bytes
    try (Outlet outlet = new Outlet("s", sent::add)) {
      for (int i = 0; i < lines; i++) {
        print(outlet, "stdout", line);
      }
      print(outlet, "stderr", "another stream has its own\n");
      outlet.flush();
      assertThat(text(sent, "stderr")).isEqualTo("another stream has its own\n");
      String shown = text(sent, "stdout");
      int whole = 1 + shown.lastIndexOf(line) + line.length() - 1;
      assertThat(whole % line.length()).isZero();
      assertThat(whole).isBetween(Allowance.MOST_BYTES, Allowance.MOST_BYTES + line.length());
      assertThat(shown.substring(whole))
          .isEqualTo(
              "%n… %,d more bytes of stdout are not shown: a cell shows 2,097,152. Write much text to a file: Files.writeString(Path.of(\"out.txt\"), text).%n",
              line.length() * lines - whole);
      sent.clear();
      print(outlet, "stdout", line);
      outlet.answer(new JsonObject());
      print(outlet, "stdout", "the next cell");
      outlet.flush();
      assertThat(text(sent, "stdout"))
          .contains("… 51 more bytes of stdout are not shown")
          .endsWith("the next cell");
    }
  }

  @Test
  void aLineWithoutEndIsCutToo() {
    List<WireMessage> sent = new CopyOnWriteArrayList<>();
    try (Outlet outlet = new Outlet("s", sent::add)) {
      print(outlet, "stderr", "x".repeat(5_000_000));
    }
    assertThat(text(sent, "stderr"))
        .hasSizeLessThan(Allowance.MOST_BYTES + 70_000)
        .contains("more bytes of stderr are not shown");
  }

  private static String text(List<WireMessage> sent, String stream) {
    return sent.stream()
        .filter(message -> message.text("name").equals(stream))
        .map(message -> message.text("text"))
        .collect(Collectors.joining());
  }

  private static void print(Outlet outlet, String stream, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    outlet.print(stream, bytes, 0, bytes.length);
  }
}
