package dev.retort.jjava;

import dev.retort.notebook.Bundle;
import dev.retort.notebook.Screen;
import dev.retort.notebook.host.Host;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.magic.CellMagic;
import org.dflib.jjava.jupyter.kernel.magic.LineMagic;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;

/**
 * A kernel on the base library of JJava as a host. What only our own kernel has is called by its
 * name: nothing else ties it to this adapter.
 */
final class JJavaHost implements Host {
  /** Our own kernel evaluates the start-up texts of all jars by itself. */
  private static final String OWN = "dev.retort.kernel.";

  private final BaseKernel kernel;
  private final MagicsRegistry registry;
  private final Set<String> lines;
  private final Set<String> cells;

  JJavaHost(BaseKernel kernel) {
    this.kernel = kernel;
    this.registry = kernel.getMagicsRegistry();
    this.lines = Set.copyOf(registry.getLineMagicNames());
    this.cells = Set.copyOf(registry.getCellMagicNames());
  }

  @Override
  public Screen screen() {
    return new KernelScreen(kernel);
  }

  @Override
  public Object evaluate(String source) {
    return kernel.evalRaw(source);
  }

  @Override
  public Optional<Map<?, ?>> variables() {
    try {
      return Optional.of((Map<?, ?>) kernel.getClass().getMethod("variables").invoke(kernel));
    } catch (ReflectiveOperationException | ClassCastException e) {
      return Optional.empty(); // this kernel does not tell
    }
  }

  @Override
  public boolean hasMagic(String name) {
    return lines.contains(name) || cells.contains(name);
  }

  @Override
  public void line(String name, Function<List<String>, Object> magic) {
    LineMagic<Object, BaseKernel> line = (unused, words) -> magic.apply(words);
    registry.registerLineMagic(name, line);
  }

  @Override
  public void cell(String name, BiFunction<List<String>, String, Object> magic) {
    CellMagic<Object, BaseKernel> cell = (unused, words, body) -> magic.apply(words, body);
    registry.registerCellMagic(name, cell);
  }

  @Override
  public void render(Class<?> type, Function<Object, Bundle> rendering) {
    kernel
        .getRenderer()
        .createRegistration(type)
        .preferring("text/html", "image/png", "image/gif")
        .register(
            (value, context) -> {
              DisplayData out = context.getOutputContainer();
              rendering.apply(value).data().forEach(out::putData);
            });
  }

  @Override
  public void assist(
      Function<String, List<String>> completes, Function<String, Optional<String>> explains) {
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

  @Override
  public boolean hasImports() {
    return kernel.getClass().getName().startsWith(OWN);
  }
}
