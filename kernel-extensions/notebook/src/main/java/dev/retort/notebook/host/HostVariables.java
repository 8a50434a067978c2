package dev.retort.notebook.host;

import dev.retort.notebook.Handover;
import dev.retort.notebook.Variables;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * The variables of cells, through a kernel that evaluates text.
 *
 * <p>A kernel that tells of its variables lets all of them be known, so that a wrong name is
 * answered with the nearest and names can be completed; of others only those are known that magics
 * have met.
 */
final class HostVariables implements Variables {
  private final Host host;
  private final Set<String> met = new ConcurrentSkipListSet<>();

  HostVariables(Host host) {
    this.host = host;
  }

  @Override
  public Optional<Object> get(String name) {
    Optional<Map<?, ?>> all = host.variables();
    if (all.isPresent()) {
      return Optional.ofNullable(all.get().get(name));
    }
    try {
      Optional<Object> value = Optional.ofNullable(host.evaluate(name));
      value.ifPresent(there -> met.add(name));
      return value;
    } catch (Exception e) { // whatever a kernel throws, checked or not: the name means nothing
      return Optional.empty();
    }
  }

  @Override
  public void set(String name, String type, Object value) {
    Handover.put(name, value);
    String declaration =
        "%s %s = %s.take(\"%s\");".formatted(type, name, Handover.class.getCanonicalName(), name);
    try {
      Object unused = host.evaluate(declaration);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("declaring " + name + ": " + e.getMessage(), e);
    }
    met.add(name);
  }

  @Override
  public List<String> names() {
    Set<String> names = new TreeSet<>(met);
    host.variables()
        .ifPresent(all -> all.keySet().forEach(name -> names.add(String.valueOf(name))));
    return List.copyOf(names);
  }
}
