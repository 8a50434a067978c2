package dev.retort.exchange.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.retort.RetortException;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A model that ONNX Runtime has taken, on one thread. */
final class OnnxSession implements AutoCloseable {
  private static final String FOLDER = "session.model_external_initializers_file_folder_path";

  private final OnnxFile file;
  private final OrtSession session;

  OnnxSession(OnnxFile file) {
    this.file = file;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      if (!file.isAlone()) {
        options.addConfigEntry(FOLDER, file.path().toAbsolutePath().getParent().toString());
      }
      this.session = runtime().createSession(file.bytes(), options);
    } catch (OrtException e) {
      throw refused("a model that ONNX Runtime knows", e);
    }
  }

  private static OrtEnvironment runtime() {
    return OrtEnvironment.getEnvironment();
  }

  private RetortException refused(String expected, OrtException e) {
    String said = e.getMessage().lines().findFirst().orElse("").replaceAll("\\.$", "");
    return new RetortException(
        "open policy '%s': expected %s, got: %s.".formatted(file.path(), expected, said), e);
  }

  private Map<String, TensorInfo> tensors(Map<String, NodeInfo> all) {
    Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    all.forEach(
        (name, node) -> {
          if (node.getInfo() instanceof TensorInfo info) {
            tensors.put(name, info);
          }
        });
    return tensors;
  }

  /** Its inputs by their names. */
  Map<String, TensorInfo> inputs() {
    try {
      return tensors(session.getInputInfo());
    } catch (OrtException e) {
      throw refused("inputs that are arrays", e);
    }
  }

  /** Its outputs by their names. */
  Map<String, TensorInfo> outputs() {
    try {
      return tensors(session.getOutputInfo());
    } catch (OrtException e) {
      throw refused("outputs that are arrays", e);
    }
  }

  /** Such as {@code obs float [batch, 4]}. */
  static String shown(Map<String, TensorInfo> all) {
    return all.entrySet().stream().map(OnnxSession::shown).collect(Collectors.joining(", "));
  }

  private static String shown(Map.Entry<String, TensorInfo> each) {
    TensorInfo info = each.getValue();
    String sizes =
        Arrays.stream(info.getShape())
            .mapToObj(size -> size == -1 ? "any" : String.valueOf(size))
            .collect(Collectors.joining(", "));
    return "%s %s [%s]"
        .formatted(
            OnnxFile.shown(each.getKey()),
            String.valueOf(info.type).toLowerCase(Locale.ROOT),
            sizes);
  }

  /**
   * Computes outputs of so many rows.
   *
   * @param inputs by which it is given them
   * @param values the numbers of each input
   * @param wanted names of outputs
   * @return the numbers of each
   */
  Map<String, float[]> run(
      List<OnnxInput> inputs, List<float[]> values, int rows, Set<String> wanted) {
    Map<String, OnnxTensor> given = new LinkedHashMap<>();
    try {
      for (int i = 0; i < inputs.size(); i++) {
        given.put(inputs.get(i).name(), inputs.get(i).tensor(runtime(), values.get(i), rows));
      }
      try (OrtSession.Result result = session.run(given, wanted)) {
        Map<String, float[]> outputs = new LinkedHashMap<>();
        for (Map.Entry<String, OnnxValue> each : result) {
          outputs.put(each.getKey(), floats((OnnxTensor) each.getValue(), each.getKey()));
        }
        return outputs;
      }
    } catch (OrtException e) {
      throw refused("a model that computes what it says", e);
    } finally {
      given.values().forEach(OnnxTensor::close);
    }
  }

  private float[] floats(OnnxTensor tensor, String name) {
    OnnxJavaType type = tensor.getInfo().type;
    switch (type) {
      case FLOAT -> {
        FloatBuffer buffer = tensor.getFloatBuffer();
        float[] all = new float[buffer.remaining()];
        buffer.get(all);
        return all;
      }
      case DOUBLE -> {
        DoubleBuffer buffer = tensor.getDoubleBuffer();
        float[] all = new float[buffer.remaining()];
        for (int i = 0; i < all.length; i++) {
          all[i] = (float) buffer.get(i);
        }
        return all;
      }
      case INT64 -> {
        LongBuffer buffer = tensor.getLongBuffer();
        float[] all = new float[buffer.remaining()];
        for (int i = 0; i < all.length; i++) {
          all[i] = buffer.get(i);
        }
        return all;
      }
      case INT32 -> {
        IntBuffer buffer = tensor.getIntBuffer();
        float[] all = new float[buffer.remaining()];
        for (int i = 0; i < all.length; i++) {
          all[i] = buffer.get(i);
        }
        return all;
      }
      default ->
          throw new RetortException(
              "open policy '%s': expected output '%s' of numbers, got %s."
                  .formatted(file.path(), name, type));
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw refused("a session that closes", e);
    }
  }
}
