package dev.retort.notebook;

import java.util.List;
import java.util.Optional;

/** The variables of a notebook, as far as a kernel lets us see them. */
public interface Variables {
  /** The value of a variable; empty where there is none, or where it is null. */
  Optional<Object> get(String name);

  /**
   * Declares a variable, or gives it another value and type.
   *
   * @param name a Java name
   * @param type its type, fully qualified
   * @param value its value
   */
  void set(String name, String type, Object value);

  /** The names that are known, to suggest the nearest; they need not be all. */
  List<String> names();
}
