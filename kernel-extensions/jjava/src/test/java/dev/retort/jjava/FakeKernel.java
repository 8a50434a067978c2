package dev.retort.jjava;

import dev.retort.notebook.Handover;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.magic.MagicParser;
import org.dflib.jjava.jupyter.kernel.magic.MagicTranspiler;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;

/** A kernel that evaluates names and handovers only, and remembers what it shows. */
public final class FakeKernel extends BaseKernel {
  private static final Pattern HANDOVER =
      Pattern.compile(
          "([\\w.]+) (\\w+) = dev\\.retort\\.notebook\\.Handover\\.take\\(\"\\w+\"\\);");

  final List<DisplayData> shown = new ArrayList<>();
  final List<String> evaluated = new ArrayList<>();
  final Map<String, Object> variables = new HashMap<>();
  final Map<String, String> types = new HashMap<>();
  Function<String, List<String>> completer = typed -> List.of();
  Function<String, Optional<String>> explainer = name -> Optional.empty();

  FakeKernel() {
    this(new Renderer());
  }

  FakeKernel(Renderer renderer) {
    super(
        "fake",
        "1",
        new LanguageInfo.Builder("java").build(),
        List.of(),
        null,
        new JupyterIO(StandardCharsets.UTF_8),
        new CommManager(),
        renderer,
        new MagicParser("(?<=^|=)\\s*%", "%%", new MagicTranspiler()),
        new MagicsRegistry(),
        true,
        new StringStyler.Builder().build());
  }

  @Override
  public void display(DisplayData data) {
    shown.add(data);
  }

  @Override
  public Object evalRaw(String source) {
    evaluated.add(source);
    Matcher handover = HANDOVER.matcher(source);
    if (handover.matches()) {
      types.put(handover.group(2), handover.group(1));
      variables.put(handover.group(2), Handover.take(handover.group(2)));
      return null;
    }
    if (variables.containsKey(source)) {
      return variables.get(source);
    }
    if (source.startsWith("import ") || source.endsWith(".join();")) {
      return null;
    }
    throw new IllegalArgumentException("cannot find symbol " + source);
  }

  /** What our own kernel takes. */
  public void assistMagics(
      Function<String, List<String>> completes, Function<String, Optional<String>> explains) {
    completer = completes;
    explainer = explains;
  }

  /** What our own kernel may tell. */
  public Map<String, Object> variables() {
    return variables;
  }

  @Override
  public DisplayData inspect(String code, int at, boolean extraDetail) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ReplacementOptions complete(String code, int at) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String isComplete(String code) {
    return IS_COMPLETE_YES;
  }
}
