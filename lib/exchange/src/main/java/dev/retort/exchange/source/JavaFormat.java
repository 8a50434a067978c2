package dev.retort.exchange.source;

import dev.retort.RetortException;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFormat;
import dev.retort.store.AtomicFile;
import java.nio.file.Path;

/** Perceptrons, and ensembles of them, as a class of the file's name. */
public final class JavaFormat implements PolicyFormat {
  @Override
  public String ending() {
    return ".java";
  }

  @Override
  public void save(Policy policy, Path file) {
    String name = String.valueOf(file.getFileName());
    String type = name.substring(0, name.length() - ending().length());
    if (!type.matches("[A-Z][A-Za-z0-9]*")) {
      throw new RetortException(
          "save policy '%s': expected the name of a class such as Student.java, got '%s'. Rename it."
              .formatted(policy.name(), name));
    }
    AtomicFile.writeText(file, new JavaSource(type, policy).text());
  }

  @Override
  public Policy open(Path file) {
    throw new RetortException(
        "open policy '%s': expected a file of numbers, got a program, which is compiled and called. Save the policy as .safetensors or .onnx beside it."
            .formatted(file));
  }
}
