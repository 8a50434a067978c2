package dev.retort.exchange.onnx;

import dev.retort.exchange.onnx.OnnxGraph.Element;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A linear model {@code scores = obs W} as another tool may write it, field by field. */
final class ForeignModel {
  private final ProtoMessage weights;
  private Element type = Element.FLOAT;
  private List<Object> shape = new ArrayList<>(List.of("N", 4));

  /** Weights {@code (4, outputs)}. */
  ForeignModel(float... values) {
    this(
        new ProtoMessage()
            .whole(1, 4)
            .whole(1, values.length / 4)
            .whole(2, 1)
            .text(8, "w")
            .raw(9, values));
  }

  /** Weights that are whatever a message says. */
  ForeignModel(ProtoMessage weights) {
    this.weights = weights;
  }

  ForeignModel type(Element other) {
    type = other;
    return this;
  }

  /** Sizes of its input: numbers, or names of sizes that are open. */
  ForeignModel shape(Object... sizes) {
    shape = List.of(sizes);
    return this;
  }

  private static ProtoMessage value(String name, Element type, List<Object> sizes) {
    ProtoMessage all = new ProtoMessage();
    for (Object size : sizes) {
      all.message(
          1,
          size instanceof Integer whole
              ? new ProtoMessage().whole(1, whole)
              : new ProtoMessage().text(2, (String) size));
    }
    ProtoMessage tensor = new ProtoMessage().whole(1, type.number).message(2, all);
    return new ProtoMessage().text(1, name).message(2, new ProtoMessage().message(1, tensor));
  }

  private static ProtoMessage node(String operator, String to, String... from) {
    ProtoMessage node = new ProtoMessage();
    for (String each : from) {
      node.text(1, each);
    }
    return node.text(2, to).text(4, operator);
  }

  byte[] bytes() {
    ProtoMessage cast =
        node("Cast", "seen", "obs")
            .message(5, new ProtoMessage().text(1, "to").whole(3, 1).whole(20, 2));
    ProtoMessage numbers = new ProtoMessage().message(1, new ProtoMessage().whole(1, 1));
    ProtoMessage graph =
        new ProtoMessage()
            .message(1, cast)
            .message(1, node("MatMul", "scores", "seen", "w"))
            .text(2, "linear")
            .message(5, weights)
            .message(11, value("obs", type, shape))
            .message(12, new ProtoMessage().text(1, "scores").message(2, numbers));
    return new ProtoMessage()
        .whole(1, 8)
        .message(7, graph)
        .message(8, new ProtoMessage().text(1, "").whole(2, 13))
        .bytes()
        .toByteArray();
  }

  Path write(Path file) {
    try {
      return Files.write(file, bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
