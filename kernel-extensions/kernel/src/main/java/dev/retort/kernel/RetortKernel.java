package dev.retort.kernel;

import com.google.gson.JsonObject;
import dev.retort.kernel.engine.CodeAssist;
import dev.retort.kernel.engine.JavaEngine;
import dev.retort.kernel.engine.MagicNames;
import dev.retort.kernel.wire.Outlet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.HelpLink;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.magic.MagicParser;
import org.dflib.jjava.jupyter.kernel.magic.MagicTranspiler;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;

/**
 * The kernel as extensions see it: magics, renderers, display and evaluation.
 *
 * <p>Only the face is the base library's. What is shown goes through our {@link Outlet}, and cells
 * are run by our {@link JavaEngine}.
 */
public final class RetortKernel extends BaseKernel {
  private static final String VERSION = "0.1.0";

  private final Outlet outlet;
  private volatile JavaEngine engine;
  private volatile Function<String, List<String>> magicWords = typed -> List.of();
  private volatile Function<String, Optional<String>> magicHelp = name -> Optional.empty();

  RetortKernel(Outlet outlet) {
    super(
        "retort",
        VERSION,
        new LanguageInfo.Builder("java")
            .version(System.getProperty("java.version"))
            .mimetype("text/x-java-source")
            .fileExtension(".jshell")
            .pygments("java")
            .codemirror("text/x-java")
            .build(),
        List.of(
            new HelpLink("Java API", "https://docs.oracle.com/en/java/javase/17/docs/api/"),
            new HelpLink("JShell", "https://docs.oracle.com/en/java/javase/17/jshell/")),
        null,
        new OutletIO(new OutletEnvironment(outlet)),
        new CommManager(),
        new TextRenderer(),
        new MagicParser("(?:^|(?<==))\\s*%", "%%", new MagicTranspiler()),
        new MagicsRegistry(),
        true,
        new StringStyler.Builder().build());
    this.outlet = outlet;
    PictureOutput.register(renderer);
  }

  /** Starts the engine, then the extensions, then evaluates the start-up texts of the jars. */
  void start() {
    engine = JavaEngine.start(new Registered(this, magicsRegistry));
    StartupTexts.evaluate(engine, StartupTexts.IMPORTS + StartupTexts.OF_KERNEL);
    onStartup();
    for (String text : StartupTexts.ofClassPath()) {
      StartupTexts.evaluate(engine, text);
    }
  }

  /**
   * Takes what completes and explains magics; an extension calls it by its name, as it has no other
   * tie to this kernel.
   *
   * @param completes from the text between the percent sign and the cursor to what could stand in
   *     the place of its last word
   * @param explains from the name of a magic to its help, empty where there is none
   */
  public void assistMagics(
      Function<String, List<String>> completes, Function<String, Optional<String>> explains) {
    magicWords = completes;
    magicHelp = explains;
  }

  private record Registered(RetortKernel kernel, MagicsRegistry registry) implements MagicNames {
    @Override
    public List<String> complete(String typed) {
      return kernel.magicWords.apply(typed);
    }

    @Override
    public Optional<String> explain(String name) {
      return kernel.magicHelp.apply(name);
    }

    @Override
    public Set<String> line() {
      return registry.getLineMagicNames();
    }

    @Override
    public Set<String> cell() {
      return registry.getCellMagicNames();
    }
  }

  JavaEngine engine() {
    return engine;
  }

  /** When the output of the running cell is cleared. */
  public enum Clearing {
    /** At once. */
    NOW,
    /** When the next output comes, so that nothing flickers. */
    BEFORE_NEXT_OUTPUT
  }

  /** Clears the output of the running cell. */
  public void clearOutput(Clearing when) {
    JsonObject content = new JsonObject();
    content.addProperty("wait", when == Clearing.BEFORE_NEXT_OUTPUT);
    outlet.publish("clear_output", content);
  }

  /** Renders a value as an execute result does. */
  DisplayData rendered(Object value) {
    return value instanceof DisplayData data ? data : renderer.render(value);
  }

  /** The variables of cells that have a value, by name; extensions call it by its name. */
  public Map<String, Object> variables() {
    return engine.variables();
  }

  @Override
  public Object evalRaw(String source) {
    return engine.eval(source);
  }

  @Override
  public DisplayData inspect(String code, int at, boolean extraDetail) {
    return engine.assist().inspect(code, at).map(DisplayData::new).orElse(null);
  }

  @Override
  public ReplacementOptions complete(String code, int at) {
    CodeAssist.Completions found = engine.assist().complete(code, at);
    return new ReplacementOptions(found.matches(), found.start(), found.end());
  }

  @Override
  public String isComplete(String code) {
    CodeAssist.Completion completion = engine.assist().isComplete(code);
    return switch (completion.status()) {
      case "complete" -> IS_COMPLETE_YES;
      case "invalid" -> IS_COMPLETE_BAD;
      default -> completion.indent();
    };
  }

  @Override
  public void interrupt() {
    JavaEngine running = engine;
    if (running != null) {
      running.interrupt();
    }
  }

  /** Installs what the class path offers; an extension that fails is named and left out. */
  @Override
  protected void installDefaultExtensions() {
    Iterator<ServiceLoader.Provider<Extension>> found =
        ServiceLoader.load(Extension.class, getClassLoader()).stream().iterator();
    while (true) {
      String name = "?";
      try {
        if (!found.hasNext()) {
          return;
        }
        ServiceLoader.Provider<Extension> provider = found.next();
        name = provider.type().getName();
        installExtension(provider.get());
      } catch (Exception | Error e) { // whatever it is, the kernel goes on without
        System.err.println(
            "extension " + name + ": not installed, it failed with " + e + ". The kernel goes on.");
      }
    }
  }
}
