package dev.retort.option;

import java.util.List;

/**
 * Something that can be set, declared in a schema by {@link Declaration#says}.
 *
 * @param <T> the value's type
 */
public final class Option<T> {
  private final Schema home;
  private final String name;
  private final List<String> formerly;
  private final Type<T> type;
  private final T standard;
  private final String unit;
  private final String help;

  Option(
      Schema home,
      String name,
      List<String> formerly,
      Type<T> type,
      T standard,
      String unit,
      String help) {
    this.home = home;
    this.name = name;
    this.formerly = List.copyOf(formerly);
    this.type = type;
    this.standard = standard;
    this.unit = unit;
    this.help = help;
  }

  /** Name in flags and files, such as {@code learning-rate}; its methods say it in camel case. */
  public String name() {
    return name;
  }

  /** Names that it once had, which flags and files may still use. */
  public List<String> formerly() {
    return formerly;
  }

  /** How values are written and read. */
  public Type<T> type() {
    return type;
  }

  /** The default. */
  public T standard() {
    return standard;
  }

  /** The default, as it is written. */
  public String standardText() {
    return type.writer().apply(standard);
  }

  /** Unit of the number; empty where it has none. */
  public String unit() {
    return unit;
  }

  /** One sentence without its full stop. */
  public String help() {
    return help;
  }

  /** The schema that declared it. */
  Schema home() {
    return home;
  }

  /** Whether this is the other one, though with another default. */
  boolean is(Option<?> other) {
    return home == other.home && name.equals(other.name);
  }

  /** Whether it goes, or once went, by that name. */
  public boolean isCalled(String word) {
    return name.equals(word) || formerly.stream().anyMatch(old -> old.equals(word));
  }

  /** The same option with another type and default. */
  Option<T> varied(Type<T> other, T value) {
    return new Option<>(home, name, formerly, other, value, unit, help);
  }

  String text(Object value) {
    @SuppressWarnings("unchecked") // settings hold under each option only what its type has read
    T own = (T) value;
    return type.writer().apply(own);
  }

  @Override
  public String toString() {
    return home.owner() + " option '" + name + "'";
  }
}
