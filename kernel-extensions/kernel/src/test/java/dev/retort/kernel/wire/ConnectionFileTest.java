package dev.retort.kernel.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection file is read whole and right, or refused in words. */
class ConnectionFileTest {
  private static final String GOOD =
      """
      {"transport": "tcp", "ip": "127.0.0.1", "key": "k", "signature_scheme": "hmac-sha256",
       "shell_port": 5001, "iopub_port": 5002, "stdin_port": 5003, "control_port": 5004,
       "hb_port": 5005}
      """;

  @TempDir Path folder;

  private ConnectionFile read(String text) throws IOException {
    return ConnectionFile.read(Files.writeString(folder.resolve("connection.json"), text));
  }

  @Test
  void whatIsWrittenIsReadAndBelongsToItsOwner() throws IOException {
    ConnectionFile written = ConnectionFile.loopback();
    Path file = folder.resolve("written.json");
    written.write(file);
    assertThat(ConnectionFile.read(file)).isEqualTo(written);
    assertThat(ConnectionFile.isReadableByOthers(file)).isFalse();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(ConnectionFile.isReadableByOthers(file)).isTrue();
    assertThat(read(GOOD).address(Channel.HEARTBEAT)).isEqualTo("tcp://127.0.0.1:5005");
  }

  @Test
  void whatIsWrongIsNamed() {
    refused("", "expected a JSON object");
    refused("null", "expected a JSON object");
    refused("[".repeat(60_000), "expected a JSON object");
    refused("[]", "expected a JSON object");
    refused(GOOD + " ".repeat(70_000), "expected at most 65536 bytes, got more");
    refused(GOOD.replace("\"tcp\"", "\"ipc\""), "expected transport tcp, got 'ipc'. Start");
    refused(GOOD.replace("\"tcp\"", "7"), "expected transport to be a text, got a number");
    refused(GOOD.replace("sha256", "md5"), "expected signature_scheme hmac-sha256, got 'hmac-md5'");
    refused(GOOD.replace("\"k\"", "null"), "expected key to be a text, got nothing");
    refused(GOOD.replace("\"key\"", "\"kee\""), "key is missing");
    refused(GOOD.replace("\"127.0.0.1\"", "[]"), "expected ip to be a text, got an array");
    refused(GOOD.replace("127.0.0.1", "no host"), "expected an ip of this machine, got 'no host'");
    refused(GOOD.replace("hb_port", "hp_port"), "hb_port is missing");
    refused(GOOD.replace("5001", "5002"), "expected five different ports, got 5002 twice");
    for (String port : new String[] {"0", "-1", "65536", "1e99", "5.5", "\"5001\"", "null", "[]"}) {
      refused(
          GOOD.replace("5001", port),
          "expected shell_port to be a whole number of 1 to 65535, got " + port + ". Write");
    }
  }

  @Test
  void aKernelWithoutAKeyListensOnThisMachineOnly() throws IOException {
    assertThat(read(GOOD.replace("\"k\"", "\"\"")).key()).isEmpty();
    assertThat(read(GOOD.replace("127.0.0.1", "0.0.0.0")).key()).isEqualTo("k");
    String open = GOOD.replace("\"k\"", "\"\"");
    refused(open.replace("127.0.0.1", "0.0.0.0"), "expected a key, for 0.0.0.0 can be reached");
    refused(open.replace("127.0.0.1", "*"), "expected a key, for * can be reached");
  }

  @Test
  void aFolderIsNoConnectionFile() {
    assertThatThrownBy(() -> ConnectionFile.read(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected a regular file");
  }

  private void refused(String text, String words) {
    assertThatThrownBy(() -> read(text))
        .as(text.substring(0, Math.min(300, text.length())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(words);
  }
}
