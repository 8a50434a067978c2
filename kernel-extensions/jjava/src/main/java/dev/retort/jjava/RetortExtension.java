package dev.retort.jjava;

import dev.retort.notebook.Bundle;
import dev.retort.notebook.Notebook;
import dev.retort.notebook.Renderings;
import dev.retort.notebook.magic.Magics;
import dev.retort.notebook.magic.Manual;
import dev.retort.notebook.magic.RetortMagic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.magic.CellMagic;
import org.dflib.jjava.jupyter.kernel.magic.LineMagic;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;

/**
 * Joins Retort to a kernel: magics, renderers, live cards, and the imports of the language.
 *
 * <p>A kernel never tries a failed installation again, so this one never fails as a whole: what
 * cannot be done is told once, and the rest works.
 */
public final class RetortExtension implements Extension {
  /** Our own kernel evaluates the start-up texts of all jars by itself. */
  private static final String OWN = "dev.retort.kernel.";

  /** The extension; a service needs a public constructor. */
  public RetortExtension() {}

  @Override
  public void install(BaseKernel kernel) {
    List<String> troubles = new ArrayList<>();
    attempt("live cards and magics", troubles, () -> speak(kernel, troubles));
    attempt("completion", troubles, () -> assist(kernel));
    attempt("renderers", troubles, () -> render(kernel.getRenderer()));
    if (!kernel.getClass().getName().startsWith(OWN)) {
      attempt("imports", troubles, () -> kernel.evalRaw(Notebook.startup()));
    }
    if (!troubles.isEmpty()) {
      tell(kernel, "retort: " + String.join("; ", troubles) + ". The kernel goes on without.");
    }
  }

  @Override
  public void uninstall(BaseKernel kernel) {
    try {
      Notebook.current().close();
    } catch (RuntimeException e) {
      // Nothing is open: there is nothing to close.
    }
  }

  private static void attempt(String what, List<String> troubles, Runnable part) {
    try {
      part.run();
    } catch (Exception | LinkageError e) { // a kernel may throw checked exceptions undeclared
      troubles.add(what + " could not be installed (" + e + ")");
    }
  }

  private static void tell(BaseKernel kernel, String message) {
    try {
      kernel.display(new DisplayData(message));
    } catch (Exception | LinkageError e) {
      return; // a kernel that cannot show a text cannot be told
    }
  }

  private static void speak(BaseKernel kernel, List<String> troubles) {
    Notebook notebook = Notebook.open(new KernelScreen(kernel), new KernelVariables(kernel));
    MagicsRegistry registry = kernel.getMagicsRegistry();
    Set<String> lines = Set.copyOf(registry.getLineMagicNames());
    Set<String> cells = Set.copyOf(registry.getCellMagicNames());
    for (RetortMagic magic : Magics.all()) {
      Manual manual = magic.manual();
      if (lines.contains(manual.name()) || cells.contains(manual.name())) {
        troubles.add("%" + manual.name() + " is a magic of the kernel already, and stays so");
        continue;
      }
      registry.registerLineMagic(manual.name(), line(notebook, manual.name()));
      if (manual.form() == Manual.Form.LINE_AND_CELL) {
        registry.registerCellMagic(manual.name(), cell(notebook, manual.name()));
      }
    }
    if (!lines.contains("help")) { // what a newcomer types
      registry.registerLineMagic("help", line(notebook, "rl"));
    }
  }

  /** Our own kernel completes and explains magics; others have no place for it. */
  private static void assist(BaseKernel kernel) {
    Function<String, List<String>> completes = typed -> Magics.complete(Notebook.current(), typed);
    Function<String, Optional<String>> explains =
        name -> Magics.find(name).map(magic -> Magics.help(name).text());
    try {
      kernel
          .getClass()
          .getMethod("assistMagics", Function.class, Function.class)
          .invoke(kernel, completes, explains);
    } catch (NoSuchMethodException e) {
      return; // a kernel that does not ask
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static LineMagic<Object, BaseKernel> line(Notebook notebook, String name) {
    return (kernel, words) -> Magics.line(notebook, name, bare(words)).orElse(null);
  }

  private static CellMagic<Object, BaseKernel> cell(Notebook notebook, String name) {
    return (kernel, words, body) -> Magics.cell(notebook, name, bare(words), body).orElse(null);
  }

  /** The words without the semicolon that may end the line. */
  private static List<String> bare(List<String> words) {
    if (words.isEmpty() || !words.get(words.size() - 1).endsWith(";")) {
      return words;
    }
    List<String> bare = new ArrayList<>(words);
    String last = bare.remove(bare.size() - 1).replaceFirst(";+$", "");
    if (!last.isEmpty()) {
      bare.add(last);
    }
    return bare;
  }

  private static void render(Renderer renderer) {
    for (Class<?> type : Renderings.TYPES) {
      renderer
          .createRegistration(type)
          .preferring("text/html", "image/png", "image/gif")
          .register((value, context) -> put(value, context.getOutputContainer()));
    }
  }

  private static void put(Object value, DisplayData out) {
    if (Renderings.isPlain(value)) {
      return; // the kernel knows how much of it to show
    }
    Bundle bundle;
    try {
      bundle = Renderings.of(value);
    } catch (RuntimeException | LinkageError e) {
      bundle = Bundle.text(String.valueOf(value)); // a picture less; the value is there
    }
    bundle.data().forEach(out::putData);
  }
}
