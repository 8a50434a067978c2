package dev.retort.exchange.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What ONNX Runtime makes of a file, as another reader than ours. */
final class Session implements AutoCloseable {
  private static final OrtEnvironment RUNTIME = OrtEnvironment.getEnvironment();

  private final OrtSession session;

  Session(Path file) throws OrtException {
    this.session = RUNTIME.createSession(file.toString());
  }

  List<String> outputs() {
    return List.copyOf(session.getOutputNames());
  }

  Map<String, String> metadata() throws OrtException {
    return session.getMetadata().getCustomMetadata();
  }

  /** The outputs of a batch, as floats. */
  Map<String, float[]> run(int batch, Map<String, float[]> inputs) throws OrtException {
    Map<String, OnnxTensor> given = new HashMap<>();
    for (Map.Entry<String, float[]> input : inputs.entrySet()) {
      TensorInfo info = (TensorInfo) session.getInputInfo().get(input.getKey()).getInfo();
      long[] shape = info.getShape();
      shape[0] = batch;
      given.put(
          input.getKey(),
          OnnxTensor.createTensor(RUNTIME, FloatBuffer.wrap(input.getValue()), shape));
    }
    try (OrtSession.Result result = session.run(given)) {
      Map<String, float[]> outputs = new HashMap<>();
      for (String name : session.getOutputNames()) {
        OnnxTensor tensor = (OnnxTensor) result.get(name).orElseThrow();
        outputs.put(name, floats(tensor));
      }
      return outputs;
    } finally {
      given.values().forEach(OnnxTensor::close);
    }
  }

  private static float[] floats(OnnxTensor tensor) {
    if (tensor.getInfo().type == OnnxJavaType.INT64) {
      long[] wholes = new long[tensor.getLongBuffer().remaining()];
      tensor.getLongBuffer().get(wholes);
      float[] floats = new float[wholes.length];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = wholes[i];
      }
      return floats;
    }
    float[] floats = new float[tensor.getFloatBuffer().remaining()];
    tensor.getFloatBuffer().get(floats);
    return floats;
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
