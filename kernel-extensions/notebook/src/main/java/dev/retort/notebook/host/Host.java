package dev.retort.notebook.host;

import dev.retort.notebook.Bundle;
import dev.retort.notebook.Screen;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A kernel as its adapter offers it: all that has to be known of one to join Retort to it.
 *
 * <p>What a method throws is told once, and the rest of an {@link Installation} goes on.
 */
public interface Host {
  /** Where it shows things. */
  Screen screen();

  /**
   * Evaluates a text as a cell would, and gives the value of its last expression, or null.
   *
   * @throws Exception whatever the text throws, and where it cannot be compiled
   */
  Object evaluate(String source) throws Exception;

  /** The variables of its cells by name; empty where it does not tell. */
  default Optional<Map<?, ?>> variables() {
    return Optional.empty();
  }

  /** Whether it has a magic of that name by itself, which is to stay. */
  boolean hasMagic(String name);

  /** Registers a line magic, which is called with the words behind its name. */
  void line(String name, Function<List<String>, Object> magic);

  /** Registers a cell magic, which is called with the words behind its name and the lines below. */
  void cell(String name, BiFunction<List<String>, String, Object> magic);

  /**
   * Registers how values of a type look.
   *
   * @param rendering from a value to its forms; to none where the kernel's own text is as good
   */
  void render(Class<?> type, Function<Object, Bundle> rendering);

  /**
   * Takes what completes and explains magics, where it has a place for it.
   *
   * @param completes from the text between the percent sign and the cursor to what could stand in
   *     the place of its last word
   * @param explains from the name of a magic to its help, empty where there is none
   */
  default void assist(
      Function<String, List<String>> completes, Function<String, Optional<String>> explains) {}

  /** Whether its cells have the imports of the language already. */
  default boolean hasImports() {
    return false;
  }
}
