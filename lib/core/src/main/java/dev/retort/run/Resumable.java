package dev.retort.run;

import dev.retort.store.Tensors;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Everything that a computation has to save in order to go on exactly, each part said once.
 *
 * <pre>{@code
 * Resumable state = new Resumable()
 *     .longs("step", () -> new long[] {step}, saved -> step = saved[0])
 *     .part("adam", adam::save, adam::restore);
 * session.resumed().ifPresent(state::restore);
 * session.boundary(step, state::save);
 * }</pre>
 */
public final class Resumable {
  /** How one part is saved and restored. */
  private record Part(Consumer<Tensors> save, Consumer<Tensors> restore) {}

  private final Map<String, Part> parts = new LinkedHashMap<>();

  /** Nothing to save yet. */
  public Resumable() {}

  /** Whole numbers; {@code save} gives an array that is not changed any more. */
  public Resumable longs(String name, Supplier<long[]> save, Consumer<long[]> restore) {
    return put(name, to -> to.put(name, save.get()), from -> restore.accept(from.longs(name)));
  }

  /** The same for numbers that checkpoints of before did not have: they stay as they are then. */
  public Resumable longsOr(String name, Supplier<long[]> save, Consumer<long[]> restore) {
    return put(
        name,
        to -> to.put(name, save.get()),
        from -> {
          if (from.has(name)) {
            restore.accept(from.longs(name));
          }
        });
  }

  /** Numbers that live in one array: it is copied. */
  public Resumable floats(String name, Supplier<float[]> live, Consumer<float[]> restore) {
    return put(
        name, to -> to.put(name, live.get().clone()), from -> restore.accept(from.floats(name)));
  }

  /** Numbers that live in one array, which is saved and filled again. */
  public Resumable doubles(String name, double[] live) {
    return put(
        name,
        to -> to.put(name, live.clone()),
        from -> System.arraycopy(from.doubles(name), 0, live, 0, live.length));
  }

  /** The same for numbers that checkpoints of before did not have: they stay as they are then. */
  public Resumable doublesOr(String name, double[] live) {
    return put(
        name,
        to -> to.put(name, live.clone()),
        from -> {
          if (from.has(name)) {
            System.arraycopy(from.doubles(name), 0, live, 0, live.length);
          }
        });
  }

  /** Something that saves and restores itself. */
  public Resumable part(String name, Supplier<Tensors> save, Consumer<Tensors> restore) {
    return put(name, to -> to.putAll(name, save.get()), from -> restore.accept(from.part(name)));
  }

  /** Words for those who look into what is saved; nothing is restored from them. */
  public Resumable words(String key, String text) {
    return put(key, to -> to.describe(key, text), from -> {});
  }

  private Resumable put(String name, Consumer<Tensors> save, Consumer<Tensors> restore) {
    if (parts.put(name, new Part(save, restore)) != null) {
      throw new IllegalStateException("checkpoint: '" + name + "' is said twice.");
    }
    return this;
  }

  /** All parts as they are now. */
  public Tensors save() {
    Tensors all = new Tensors();
    parts.values().forEach(part -> part.save().accept(all));
    return all;
  }

  /** Puts all parts back to what {@link #save()} gave. */
  public void restore(Tensors saved) {
    parts.values().forEach(part -> part.restore().accept(saved));
  }

  @Override
  public String toString() {
    return "state of %s".formatted(String.join(", ", parts.keySet()));
  }
}
