package dev.retort.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.RetortException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {
  private static Architecture read(String text) {
    return Architecture.type().read("ppo", "network", text);
  }

  @Test
  void everyArchitectureIsReadBackFromItsText() {
    for (Architecture architecture :
        List.of(
            Mlp.of(64, 64),
            Mlp.of(),
            Mlp.of().activation(Activation.RELU),
            Mlp.of(3).activation(Activation.RELU),
            new ResidualCnn(8, List.of()),
            new ResidualCnn(8, List.of(5)),
            ResidualCnn.paper(),
            ImageCnn.of(List.of(8, 16)).scaled(0.5),
            new ImageCnn(List.of(4), List.of(), 1),
            new Transformer(12, 3, 4),
            new Transformer(12, 3, 4).types(2),
            new TokenTransformer(8, 1, 2),
            MaskedMlp.of(8, 4).activation(Activation.RELU),
            new Urma(List.of(8), 3),
            new Gru(7))) {
      assertThat(read(architecture.toString())).isEqualTo(architecture);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MLP:64,32 | mlp:64,32",
        "mlp:64:relu | mlp:64:relu",
        "mlp 64 relu | mlp:64:relu",
        "mlp:linear | mlp:linear",
        "mlp:64:fan-out:relu | mlp:64:relu:fan-out",
        "mlp 8 x0.5 fan-in | mlp:8:x0.5:fan-in",
        "mlp:8:x0.5:pytorch | mlp:8:x0.5:fan-in", // as it was written before
        "cnn:16 | cnn:16",
        "cnn:64:512,256 | cnn:64:512,256",
        "transformer | transformer:32:2:2",
        "Transformer 16 1 | transformer:16:1:2",
        "transformer:16:1:2:0 | transformer:16:1:2",
        "transformer 16 1 2 3 | transformer:16:1:2:3",
        "gru:8 | gru:8",
        "masked-mlp 8 | masked-mlp:8:tanh",
        "urma:8,6 | urma:8,6:4",
        "image:8,16 | image:8,16:128:1.0"
      })
  void textIsReadAsPeopleWriteIt(String text, String canonical) {
    assertThat(read(text)).hasToString(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mlp",
        "mlp:",
        "mlp:64:swish",
        "mlp:64,x",
        "cnn:64:x",
        "gru:x",
        "gru:8:9",
        "transformer:16:1:2:3:4"
      })
  void otherTextIsRefused(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "ppo: expected a network such as mlp:64,64 or mlp:64,64:relu or cnn:64:512,256 or transformer:32:2:2 or gru:64 for 'network', got '%s'.",
            text);
  }

  @Test
  void emptyLayersAreRefused() {
    assertThatThrownBy(() -> read("mlp:64,0"))
        .isInstanceOf(RetortException.class)
        .hasMessage("mlp: expected hidden widths of at least 1, got [64, 0].");
    assertThatThrownBy(() -> read("cnn:0:64"))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "residual cnn: expected channels and hidden widths of at least 1, got 0 and [64].");
  }

  @Test
  void whatSeesNoStepsIsRefused() {
    assertThatThrownBy(() -> new Gru(4).features(InputShape.of(List.of(4))))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "gru: expected a window of steps, as seeing(View.window(8)) shows it to students and to learners from rollouts, or observations of shape (tokens, width), got [4]. Or use mlp(..).");
    assertThatThrownBy(() -> read("transformer:10:1:4"))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "transformer: expected heads that divide the width, got width 10 and 4 heads. Say width 12, or 2 heads.");
    assertThatThrownBy(() -> read("tokens:7:1:4"))
        .hasMessage(
            "tokens: expected heads that divide the width, got width 7 and 4 heads. Say width 8, or 1 head.");
    assertThatThrownBy(() -> read("tokens:8:0:4"))
        .hasMessage(
            "tokens: expected a width and heads of at least 1 and 1 to 100 layers, got width 8, 0 layers and 4 heads. Begin with width 32, 2 layers and 2 heads.");
  }

  @Test
  void tokensWithoutRoomForTheirTypeAreRefused() {
    assertThatThrownBy(
            () -> new Transformer(4, 1, 1).types(2).features(InputShape.of(List.of(3, 1))))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "transformer: expected tokens of at least 2 numbers, of which the last is the type, got [3, 1].");
    assertThatThrownBy(() -> read("transformer:4:1:1:-1"))
        .isInstanceOf(RetortException.class)
        .hasMessage("transformer: expected 0 types of tokens or more, got -1.");
  }

  @Test
  void aConvolutionalNetworkOverAVectorIsRefused() {
    assertThatThrownBy(() -> new ResidualCnn(4, List.of()).features(InputShape.of(List.of(4))))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "residual cnn: expected observations of shape (planes, height, width), got [4]. Use mlp(..).");
  }
}
