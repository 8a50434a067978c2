package dev.retort.ijava;

import dev.retort.notebook.Bundle;
import dev.retort.notebook.Screen;
import dev.retort.notebook.host.Host;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * IJava's kernel as a host. Its base library is compiled against; what only IJava's own class has,
 * magics and the evaluation of text, is called by its name.
 */
final class IJavaHost implements Host {
  private final BaseKernel kernel;
  private final Screen screen;

  IJavaHost(BaseKernel kernel) {
    this.kernel = kernel;
    this.screen = new IJavaScreen(kernel);
  }

  @Override
  public Screen screen() {
    return screen;
  }

  @Override
  public Object evaluate(String source) throws Exception {
    return ofKernel("evalRaw", source);
  }

  /** IJava does not tell; none of its own has a name of ours. */
  @Override
  public boolean hasMagic(String name) {
    return false;
  }

  @Override
  public void line(String name, Function<List<String>, Object> magic) {
    magics().registerLineMagic(name, magic::apply);
  }

  @Override
  public void cell(String name, BiFunction<List<String>, String, Object> magic) {
    magics().registerCellMagic(name, magic::apply);
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

  private Magics magics() {
    try {
      return (Magics) ofKernel("getMagics");
    } catch (Exception e) {
      throw new IllegalStateException("the magics of " + kernel.getClass().getName(), e);
    }
  }

  /** Calls a public method of IJava's kernel whose arguments are texts. */
  private Object ofKernel(String method, String... texts) throws Exception {
    Class<?>[] types = texts.length == 0 ? new Class<?>[0] : new Class<?>[] {String.class};
    try {
      return kernel.getClass().getMethod(method, types).invoke(kernel, (Object[]) texts);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Exception thrown) {
        throw thrown;
      }
      throw e;
    }
  }
}
