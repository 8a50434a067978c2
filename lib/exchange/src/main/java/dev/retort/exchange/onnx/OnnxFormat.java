package dev.retort.exchange.onnx;

import dev.retort.RetortException;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFormat;
import dev.retort.store.AtomicFile;
import java.nio.file.Path;

/**
 * Policies as {@code .onnx} files: what {@code policy.save(file)} writes, {@code policy(file)}
 * reads. Of a model of another tool {@link Onnx} has to be told what it is.
 */
public final class OnnxFormat implements PolicyFormat {
  @Override
  public String ending() {
    return ".onnx";
  }

  @Override
  public void save(Policy policy, Path file) {
    byte[] bytes = OnnxWriter.write(policy).toByteArray();
    AtomicFile.write(file, output -> output.write(bytes, 0, bytes.length));
  }

  @Override
  public Policy open(Path path) {
    OnnxFile file = OnnxFile.read(path);
    if (!file.metadata().containsKey(OnnxText.DISTRIBUTION)) {
      throw foreign(file);
    }
    try {
      return OnnxText.read(file);
    } catch (RetortException e) {
      String place = "open policy '%s': ".formatted(path);
      throw e.getMessage().startsWith(place) ? e : new RetortException(place + e.getMessage(), e);
    }
  }

  private static RetortException foreign(OnnxFile file) {
    try (OnnxSession session = new OnnxSession(file)) {
      return new RetortException(
          "open policy '%s': expected a model that says what it sees and does, got one of another tool with inputs %s and outputs %s. Say it: Onnx.of(Path.of(\"%s\")).on(env).logits(\"%s\"), or probabilities(..), values(..), action(..), normal(..)."
              .formatted(
                  file.path(),
                  OnnxSession.shown(session.inputs()),
                  OnnxSession.shown(session.outputs()),
                  file.path(),
                  session.outputs().keySet().stream().findFirst().orElse("output")));
    }
  }
}
