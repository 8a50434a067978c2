package dev.retort.option;

import dev.retort.UnknownNameException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All options of one verb, in the order in which help lists them. */
public final class Schema {
  private final String owner;
  private final Map<String, Option<?>> options = new LinkedHashMap<>();

  /** A schema without options; {@code owner} is the verb or algorithm that error messages name. */
  public Schema(String owner) {
    this.owner = owner;
  }

  /** Declares an option of any type. */
  public <T> Option<T> option(String name, Type<T> type, T standard, String unit, String help) {
    Option<T> option = new Option<>(name, type, standard, unit, help);
    if (options.put(name, option) != null) {
      throw new IllegalStateException(owner + ": option '" + name + "' is declared twice.");
    }
    return option;
  }

  /** Declares a whole number of at least {@code low}. */
  public Option<Long> whole(String name, long standard, long low, String unit, String help) {
    return option(name, Type.whole(low, Long.MAX_VALUE), standard, unit, help);
  }

  /** Declares a number between bounds. */
  public Option<Double> real(
      String name, double standard, double low, double high, String unit, String help) {
    return option(name, Type.real(low, high), standard, unit, help);
  }

  /** The verb or algorithm. */
  public String owner() {
    return owner;
  }

  /** The options in order. */
  public Collection<Option<?>> options() {
    return Collections.unmodifiableCollection(options.values());
  }

  /** The option of that name; unknown ones are refused with the nearest. */
  public Option<?> option(String name) {
    Option<?> option = options.get(name);
    if (option == null) {
      throw new UnknownNameException(owner + " option", name, List.copyOf(options.keySet()));
    }
    return option;
  }

  /** Everything at its default. */
  public Settings standard() {
    return new Settings(this, Map.of());
  }
}
