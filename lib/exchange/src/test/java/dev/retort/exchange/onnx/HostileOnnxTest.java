package dev.retort.exchange.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.Retort;
import dev.retort.RetortException;
import dev.retort.policy.Policy;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged and hostile files are refused by name and place, before an engine sees them. */
class HostileOnnxTest {
  private static final float[] WEIGHTS = {1, 2, 3, 4};

  @TempDir Path folder;

  private void refused(Path file, String expected) {
    assertThatThrownBy(() -> Retort.policy(file))
        .isInstanceOf(RetortException.class)
        .hasMessageStartingWith("open policy '%s': %s".formatted(file, expected));
  }

  @Test
  void aFileThatIsCutAnywhereIsRefused() throws IOException {
    byte[] whole = new ForeignModel(WEIGHTS).bytes();
    Path file = folder.resolve("cut.onnx");
    for (int length = 0; length < whole.length; length += 7) {
      Files.write(file, Arrays.copyOf(whole, length));
      refused(file, "expected a");
    }
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    refused(file, "expected a file of ONNX, got one that ends in its midst (");
  }

  @Test
  void bytesThatAreFlippedGiveAPolicyOrARefusal() throws IOException {
    byte[] whole = new ForeignModel(WEIGHTS).bytes();
    Path file = folder.resolve("flipped.onnx");
    int refused = 0;
    for (int at = 0; at < whole.length; at++) {
      byte[] flipped = whole.clone();
      flipped[at] ^= (byte) 0x55;
      Files.write(file, flipped);
      try {
        Policy policy = Onnx.of(file).on(Box.of(-1, 1, 4), new Discrete(1)).logits("scores");
        assertThat(policy.observations().size()).isEqualTo(4);
      } catch (RetortException e) {
        refused++;
        assertThat(e).hasMessageContaining("flipped");
      }
    }
    assertThat(refused).isGreaterThan(whole.length / 3);
  }

  @Test
  void aFileOfAnotherKindIsRefused() throws IOException {
    refused(
        Files.writeString(folder.resolve("text.onnx"), "Once there was a policy"),
        "expected a file of ONNX, got ");
    refused(folder.resolve("none.onnx"), "expected a file, got nothing. Check the path.");
    refused(
        Files.createDirectory(folder.resolve("folder.onnx")),
        "expected a file, got something else. Check the path.");
  }

  private Path weights(String name, ProtoMessage weights) {
    return new ForeignModel(weights.whole(2, 1).text(8, "w")).write(folder.resolve(name));
  }

  @Test
  void sizesBeyondAllBytesAreRefusedWithTheTensor() {
    ProtoMessage many = new ProtoMessage().whole(1, 1 << 28).whole(1, 4).raw(9, WEIGHTS);
    refused(
        weights("many.onnx", many),
        "expected as many numbers as there are bytes for them, 16, got 1073741824 numbers (tensor"
            + " 'w', byte ");
    ProtoMessage most = new ProtoMessage().whole(1, Long.MAX_VALUE).whole(1, 4).raw(9, WEIGHTS);
    refused(
        weights("most.onnx", most),
        "expected as many numbers as there are bytes for them, 16, got sizes beyond all memory"
            + " (tensor 'w', byte ");
    ProtoMessage less = new ProtoMessage().whole(1, -4).raw(9, WEIGHTS);
    refused(weights("less.onnx", less), "expected as many numbers as there are bytes");
  }

  private static ProtoMessage elsewhere(String location) {
    ProtoMessage said = new ProtoMessage().text(1, "location").text(2, location);
    return new ProtoMessage().whole(1, 4).whole(1, 1).message(13, said).whole(14, 1);
  }

  @Test
  void numbersOutsideOfTheFolderAreRefused() throws IOException {
    Path inside = Files.createDirectory(folder.resolve("inside"));
    Files.write(folder.resolve("secret"), new byte[16]);
    Files.createSymbolicLink(inside.resolve("link"), folder.resolve("secret"));
    for (String location :
        new String[] {"../secret", folder.resolve("secret").toString(), "link", ""}) {
      Path file =
          new ForeignModel(elsewhere(location).whole(2, 1).text(8, "w"))
              .write(inside.resolve("model.onnx"));
      refused(file, "expected numbers in a file of its own folder, got '%s'".formatted(location));
    }
    Path file =
        new ForeignModel(elsewhere("none").whole(2, 1).text(8, "w"))
            .write(inside.resolve("model.onnx"));
    refused(file, "expected the file 'none' beside it, got none (tensor 'w', byte ");
  }

  @Test
  void numbersBesideTheFileAreRead() throws IOException {
    float[] seen = {1, 1, 1, 1};
    byte[] bytes = new ProtoMessage().raw(1, WEIGHTS).bytes().toByteArray();
    Files.write(folder.resolve("beside"), Arrays.copyOfRange(bytes, 2, bytes.length));
    Path file = weights("beside.onnx", elsewhere("beside"));
    Policy policy = Onnx.of(file).on(Box.of(-1, 1, 4), new Discrete(1)).logits("scores");
    float[] sum = new float[1];
    try (Policy.Forward forward = policy.forward(1)) {
      forward.apply(seen, 1, sum);
    }
    assertThat(sum).containsExactly(10);
  }
}
