package dev.retort.jjava;

import dev.retort.notebook.Handover;
import dev.retort.notebook.Variables;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.dflib.jjava.jupyter.kernel.BaseKernel;

/**
 * The variables of cells, through a kernel that evaluates text.
 *
 * <p>A kernel with a public method {@code Map<String, Object> variables()} lets all of them be
 * known, so that a wrong name is answered with the nearest and names can be completed; without it
 * only those are that magics have met.
 */
final class KernelVariables implements Variables {
  private final BaseKernel kernel;
  private final Set<String> met = new ConcurrentSkipListSet<>();

  KernelVariables(BaseKernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public Optional<Object> get(String name) {
    Optional<Map<?, ?>> all = all();
    if (all.isPresent()) {
      return Optional.ofNullable(all.get().get(name));
    }
    try {
      Optional<Object> value = Optional.ofNullable(kernel.evalRaw(name));
      value.ifPresent(there -> met.add(name));
      return value;
    } catch (Exception e) { // whatever a kernel throws, checked or not: the name means nothing
      return Optional.empty();
    }
  }

  private Optional<Map<?, ?>> all() {
    try {
      return Optional.of((Map<?, ?>) kernel.getClass().getMethod("variables").invoke(kernel));
    } catch (ReflectiveOperationException | ClassCastException e) {
      return Optional.empty(); // this kernel does not tell
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
    all().ifPresent(all -> all.keySet().forEach(name -> names.add(String.valueOf(name))));
    return List.copyOf(names);
  }
}
