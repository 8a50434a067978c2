package dev.retort.notebook;

import static dev.retort.notebook.Doctor.Finding.bad;
import static dev.retort.notebook.Doctor.Finding.fair;
import static dev.retort.notebook.Doctor.Finding.good;

import dev.retort.figure.FigureRenderer;
import dev.retort.nn.Activation;
import dev.retort.nn.Blueprint;
import dev.retort.nn.ComputeDevice;
import dev.retort.nn.Engine;
import dev.retort.nn.Mlp;
import dev.retort.nn.Network;
import dev.retort.nn.Output;
import dev.retort.nn.Rows;
import dev.retort.nn.Trunk;
import dev.retort.notebook.Doctor.Finding;
import dev.retort.report.Fonts;
import dev.retort.run.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** What the doctor looks at, one thing after the other; none keeps the others from being seen. */
final class Examination {
  private static final int OLDEST = 17;
  private static final long SMALL = 512L << 20;
  private static final double TOLERANCE = 1e-6;

  private Examination() {}

  static List<Finding> all() {
    List<Finding> findings = new ArrayList<>();
    findings.add(guarded("java", Examination::java));
    findings.add(guarded("djl", Examination::djl));
    findings.add(guarded("engine", Examination::engine));
    if (findings.get(findings.size() - 1).health() == Doctor.Health.GOOD) {
      findings.add(guarded("device", () -> device(Engine.device())));
      findings.add(guarded("gradient", Examination::gradient));
    }
    findings.add(guarded("memory", Examination::memory));
    findings.add(guarded("runs", () -> writable(Registry.standard().folder())));
    findings.add(guarded("fonts", Examination::fonts));
    findings.add(guarded("charts", Examination::charts));
    return findings;
  }

  static Finding guarded(String what, Supplier<Finding> look) {
    try {
      return look.get();
    } catch (RuntimeException | LinkageError e) {
      return bad(what, String.valueOf(e.getMessage()).lines().findFirst().orElse(""), "");
    }
  }

  private static Finding java() {
    int feature = Runtime.version().feature();
    String found = Runtime.version() + " in " + System.getProperty("java.home");
    return feature >= OLDEST
        ? good("java", found)
        : bad("java", found, "Install a JDK of version " + OLDEST + " or newer.");
  }

  private static Finding djl() {
    return good("djl", ai.djl.engine.Engine.getDjlVersion());
  }

  private static Finding engine() {
    try {
      Map<String, String> facts = Engine.facts();
      return good("engine", facts.get("engine") + ", native library loaded, " + facts.get("arch"));
    } catch (RuntimeException | LinkageError e) {
      return bad(
          "engine",
          String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString()),
          "Put pytorch-jni and pytorch-native-cpu of this platform on the class path.");
    }
  }

  static Finding device(ComputeDevice device) {
    return device.fix().isEmpty()
        ? good("device", device.found())
        : fair("device", device.found(), device.fix());
  }

  /**
   * One hidden unit, {@code y = v tanh(w x + b) + c} with {@code x = 0.5, w = 1, b = 0, v = 2, c =
   * 0}: by hand, with {@code t = tanh(0.5)}, the gradient is {@code dw = v x (1 − t²)}, {@code db =
   * v (1 − t²)}, {@code dv = t}, {@code dc = 1}.
   */
  static Finding gradient() {
    double t = Math.tanh(0.5);
    double slope = 2 * (1 - t * t);
    double[] expected = {0.5 * slope, slope, t, 1};
    try (Network network =
        Network.of(
            new Blueprint(
                new Mlp(List.of(1), Activation.TANH, 1),
                List.of(1),
                List.of(Output.of("y", 1)),
                Trunk.SHARED),
            List.of(new float[] {1, 0, 2, 0}))) {
      float[] y = new float[1];
      network.forward(new float[] {0.5f}, 1, Rows.PER_MEMBER, y);
      network.backward(new float[] {1});
      double worst = Math.abs(y[0] - 2 * t);
      for (int i = 0; i < expected.length; i++) {
        worst = Math.max(worst, Math.abs(network.gradients()[i] - expected[i]));
      }
      String found =
          String.format(
              Locale.ROOT, "one gradient by hand and by the engine: they differ by %.1e", worst);
      return worst < TOLERANCE
          ? good("gradient", found)
          : bad("gradient", found, "The engine computes wrongly here: install it again.");
    }
  }

  private static Finding memory() {
    long most = Runtime.getRuntime().maxMemory();
    String found = String.format(Locale.ROOT, "%,d MB for Java", most >> 20);
    return most >= SMALL
        ? good("memory", found)
        : fair("memory", found, "Start Java with -Xmx1g or more.");
  }

  static Finding writable(Path folder) {
    try {
      Path there = folder.toAbsolutePath();
      while (!Files.exists(there)) {
        there = there.getParent();
      }
      Path probe = Files.createTempFile(there, ".retort", ".probe");
      Files.delete(probe);
      return good("runs", shown(folder) + " can be written");
    } catch (IOException | RuntimeException e) {
      return bad(
          "runs",
          folder + " cannot be written (" + e.getMessage() + ")",
          "Work in a folder that you may write to, or set RETORT_RUNS to one.");
    }
  }

  /** A folder below the working directory without what lies above that. */
  private static Path shown(Path folder) {
    Path here = Path.of("").toAbsolutePath();
    Path there = folder.toAbsolutePath();
    return there.startsWith(here) ? here.relativize(there) : there;
  }

  private static Finding fonts() {
    return Fonts.present()
        ? good("fonts", "there is one to draw with")
        : fair("fonts", "there is none: charts have no labels", "Install a font, such as DejaVu.");
  }

  private static Finding charts() {
    return good("charts", FigureRenderer.installed().getClass().getSimpleName() + " draws them");
  }
}
