package dev.retort.jjava;

import dev.retort.notebook.Handover;
import dev.retort.notebook.Variables;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.dflib.jjava.jupyter.kernel.BaseKernel;

/**
 * The variables of cells, through a kernel that evaluates text.
 *
 * <p>A kernel with a public method {@code List<String> variableNames()} lets all of them be known,
 * so that a wrong name is answered with the nearest; without it only those are that magics have
 * met.
 */
final class KernelVariables implements Variables {
  private static final String ALL_NAMES = "variableNames";

  private final BaseKernel kernel;
  private final Set<String> met = new ConcurrentSkipListSet<>();

  KernelVariables(BaseKernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public Optional<Object> get(String name) {
    try {
      Optional<Object> value = Optional.ofNullable(kernel.evalRaw(name));
      value.ifPresent(there -> met.add(name));
      return value;
    } catch (Exception e) { // whatever a kernel throws, checked or not: the name means nothing
      return Optional.empty();
    }
  }

  @Override
  public void set(String name, String type, Object value) {
    Handover.put(name, value);
    Object unused =
        kernel.evalRaw(
            "%s %s = %s.take(\"%s\");"
                .formatted(type, name, Handover.class.getCanonicalName(), name));
    met.add(name);
  }

  @Override
  public List<String> names() {
    Set<String> names = new TreeSet<>(met);
    try {
      Object all = kernel.getClass().getMethod(ALL_NAMES).invoke(kernel);
      ((List<?>) all).forEach(name -> names.add(String.valueOf(name)));
    } catch (ReflectiveOperationException | ClassCastException e) {
      return List.copyOf(names); // this kernel does not tell
    }
    return List.copyOf(names);
  }
}
