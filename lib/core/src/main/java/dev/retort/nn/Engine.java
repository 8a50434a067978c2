package dev.retort.nn;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.retort.RetortException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The one place that touches the engine's internals: loading, gradient mode, and the backward pass.
 *
 * <p>The engine works with one thread per operation, because two made small products 10 to 100
 * times slower on a busy machine and change the last bits of large ones; cores are used across runs
 * instead.
 */
public final class Engine {
  private static final NDManager ROOT = load();

  private Engine() {}

  private static NDManager load() {
    setDefault("ai.djl.offline", "true");
    setDefault("OPT_OUT_TRACKING", "true");
    setDefault("ai.djl.pytorch.num_threads", "1");
    setDefault("ai.djl.pytorch.num_interop_threads", "1");
    try {
      return NDManager.newBaseManager(Device.cpu(), "PyTorch");
    } catch (RuntimeException | LinkageError e) {
      throw new RetortException(
          "engine: expected DJL's PyTorch engine with its native library on the class path, got "
              + e.getMessage()
              + ". Run ./retort doctor.",
          e);
    }
  }

  private static void setDefault(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }

  /**
   * Loads the engine now, if it is not loaded yet; the very first time on a machine unpacks it for
   * some seconds.
   */
  public static void start() {
    ROOT.getDevice();
  }

  /** What decides the last bits of a computation: engine, versions, device, threads. */
  public static Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("engine", ROOT.getEngine().getEngineName() + " " + ROOT.getEngine().getVersion());
    facts.put("device", ROOT.getDevice().toString());
    facts.put("engineThreads", String.valueOf(JniUtils.getNumThreads()));
    facts.put("arch", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    return facts;
  }

  /** How many threads one operation may use. */
  public static int threads() {
    ROOT.getDevice();
    return JniUtils.getNumThreads();
  }

  /** Lets one operation use so many threads; large networks give other last bits for it. */
  public static int threads(int count) {
    if (count < 1) {
      throw new RetortException("engine: expected at least 1 thread, got " + count + ".");
    }
    ROOT.getDevice();
    JniUtils.setNumThreads(count);
    return JniUtils.getNumThreads();
  }

  /** How many GPUs the engine sees; its networks live on the CPU. */
  public static int gpus() {
    return ROOT.getEngine().getGpuCount();
  }

  static NDManager newManager() {
    return ROOT.newSubManager();
  }

  static void recordGradients(boolean on) {
    JniUtils.setGradMode(on);
  }

  /**
   * Adds the gradients of all leaves below {@code output}, for the gradient {@code gradient} of the
   * output itself.
   */
  static void backward(NDArray output, NDArray gradient) {
    JniUtils.backward((PtNDArray) output, (PtNDArray) gradient, false, false);
  }
}
