package dev.retort.nn;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.LibUtils;
import dev.retort.RetortException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/**
 * The one place that touches the engine's internals: loading, threads, devices, and functions in
 * its own language.
 *
 * <p>The engine works with one thread per operation, because two made small products 10 to 100
 * times slower on a busy machine and change the last bits of large ones; cores are used across runs
 * instead.
 *
 * <p>It loads on a thread of its own as soon as this class is touched: loading takes a second, the
 * very first time on a machine several, and an interrupt must not cut it short.
 */
public final class Engine {
  private static final CompletableFuture<NDManager> ROOT =
      CompletableFuture.supplyAsync(Engine::load, Engine::inBackground);

  /** How many threads one operation may use. */
  private static volatile int threads = 1;

  /** What each thread that computes has told the engine of them. */
  private static final ThreadLocal<Integer> TOLD = ThreadLocal.withInitial(() -> 0);

  /** Functions of described networks, of which there are few in a session. */
  private static final Map<Texts.Text, TorchScript> WRITTEN = new ConcurrentHashMap<>();

  /**
   * Number of the way in which networks are computed: another one wherever a version changes the
   * last bits. The first was 1, and was not written down; in the second small perceptrons act in
   * Java; in the third all tangents are written by the logistic function.
   */
  private static final String ARITHMETIC = "3";

  private Engine() {}

  private static void inBackground(Runnable work) {
    Thread thread = new Thread(work, "retort-engine");
    thread.setDaemon(true);
    // DJL asks the thread where engines are; a notebook's thread may know nothing of this jar
    thread.setContextClassLoader(Engine.class.getClassLoader());
    thread.start();
  }

  private static NDManager load() {
    setDefault("ai.djl.offline", "true");
    setDefault("OPT_OUT_TRACKING", "true");
    setDefault("ai.djl.pytorch.num_threads", "1");
    setDefault("ai.djl.pytorch.num_interop_threads", "1");
    try {
      NDManager root = NDManager.newBaseManager(Device.cpu(), "PyTorch");
      threads = JniUtils.getNumThreads();
      return root;
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

  private static NDManager root() {
    try {
      return ROOT.join();
    } catch (CompletionException e) {
      throw failed(e.getCause());
    }
  }

  private static RuntimeException failed(Throwable cause) {
    return cause instanceof RetortException told ? told : new IllegalStateException(cause);
  }

  /** Begins to load the engine, if nobody has yet; returns at once. */
  public static void start() {
    // Touching the class has begun it.
  }

  /**
   * Waits until the engine is loaded.
   *
   * @throws RetortException if it cannot be loaded, or if the waiting thread is interrupted, which
   *     spends the interrupt
   */
  public static void awaitReady() {
    try {
      ROOT.get();
    } catch (InterruptedException e) {
      throw new RetortException(
          "engine: interrupted while it was loading; nothing has been started. Try again in a moment.",
          e);
    } catch (ExecutionException e) {
      throw failed(e.getCause());
    }
  }

  /** What decides the last bits of a computation: engine, versions, device, threads. */
  public static Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("engine", root().getEngine().getEngineName() + " " + root().getEngine().getVersion());
    facts.put("device", usesGpu() ? "gpu" : root().getDevice().toString());
    facts.put("engineThreads", String.valueOf(threads));
    facts.put("arithmetic", ARITHMETIC);
    facts.put("arch", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    return facts;
  }

  /** How many threads one operation may use. */
  public static int threads() {
    root();
    return threads;
  }

  /** Lets one operation use so many threads; large networks give other last bits for it. */
  public static int threads(int count) {
    if (count < 1) {
      throw new RetortException("engine: expected at least 1 thread, got " + count + ".");
    }
    root();
    threads = count;
    settleThread();
    return threads;
  }

  /**
   * Tells the engine on this thread how many threads an operation may use. OpenMP keeps that number
   * for each thread that calls it, and the engine passes it on only before products: functions such
   * as tanh, which come from MKL, would use every core on a new thread, and wait for it.
   */
  static void settleThread() {
    int wanted = threads;
    if (TOLD.get() != wanted) {
      JniUtils.setNumThreads(wanted);
      TOLD.set(wanted);
    }
  }

  /**
   * Where populations are computed that can live on a device: on the CPU, or on the GPU where the
   * system property {@code retort.device} asks for {@code gpu} and the engine can compute there.
   */
  public static ComputeDevice device() {
    return Chosen.DEVICE;
  }

  /** Whether populations that can live on a device live on a GPU. */
  public static boolean usesGpu() {
    return gpuAskedFor() && device().isGpu();
  }

  /** The GPU as its driver described it when the device was chosen. */
  static Optional<Hardware.Card> card() {
    return Chosen.HARDWARE.card();
  }

  private static boolean gpuAskedFor() {
    return System.getProperty("retort.device", "cpu").equals("gpu");
  }

  /** Decided once, when it is first asked for: it takes a look at the machine. */
  private static final class Chosen {
    static final Hardware HARDWARE = Hardware.look();
    static final ComputeDevice DEVICE = choose(HARDWARE);

    private static ComputeDevice choose(Hardware hardware) {
      root();
      boolean cuda =
          Files.exists(Path.of(LibUtils.getLibtorchPath(), System.mapLibraryName("torch_cuda")));
      Optional<String> failure =
          gpuAskedFor() && hardware.driver() && cuda ? failureOnGpu() : Optional.empty();
      return ComputeDevice.decide(gpuAskedFor(), hardware, cuda, failure, threads);
    }
  }

  /** Computes something on the GPU; gives the reason if that fails. */
  static Optional<String> failureOnGpu() {
    try (NDManager gpu = root().newSubManager(Device.gpu())) {
      float two = gpu.ones(new Shape(1)).add(1).toFloatArray()[0];
      return two == 2 ? Optional.empty() : Optional.of("1 + 1 = " + two);
    } catch (RuntimeException | LinkageError e) {
      return Optional.of(String.valueOf(e.getMessage()).split("\\.\\s|\\R", 2)[0]);
    }
  }

  static NDManager newManager() {
    return root().newSubManager();
  }

  /** Where populations live that learn on a device. */
  static NDManager newDeviceManager() {
    return usesGpu() ? root().newSubManager(Device.gpu()) : newManager();
  }

  /** A function in the engine's own language, from a text that lies beside this class. */
  static TorchScript script(String resource, String name) {
    return TorchScript.load((PtNDManager) root(), resource, name);
  }

  /** A function that was written here; the same text is loaded once. */
  static TorchScript script(Texts.Text text) {
    return WRITTEN.computeIfAbsent(
        text,
        t ->
            TorchScript.of(
                (PtNDManager) root(), t.source().getBytes(StandardCharsets.UTF_8), t.name()));
  }
}
