package dev.retort.option;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All options of one verb or algorithm, in the order in which help lists them. */
public final class Schema {
  private final String owner;
  private final Map<String, Option<?>> options = new LinkedHashMap<>();
  private final Map<String, Option<?>> last = new LinkedHashMap<>();

  /** A schema without options; {@code owner} is the verb or algorithm that error messages name. */
  public Schema(String owner) {
    this.owner = owner;
  }

  /** Begins to declare an option of any type. */
  public <T> Declaration<T> option(String name, Type<T> type, T standard) {
    return new Declaration.OfAny<>(this, name, type, standard);
  }

  /** Begins to declare a number. */
  public Declaration.OfNumber<Double> real(String name, double standard) {
    return new Declaration.OfNumber<>(this, name, standard, Type::real);
  }

  /** Begins to declare a whole number. */
  public Declaration.OfNumber<Integer> whole(String name, int standard) {
    return new Declaration.OfNumber<>(
        this,
        name,
        standard,
        (low, high) -> Type.whole((int) low.doubleValue(), (int) high.doubleValue()));
  }

  /** Begins to declare a whole number that may be very large, such as one of steps. */
  public Declaration.OfNumber<Long> whole(String name, long standard) {
    return new Declaration.OfNumber<>(
        this,
        name,
        standard,
        (low, high) -> Type.whole((long) low.doubleValue(), (long) high.doubleValue()));
  }

  /** Begins to declare a number that may change over training, by default constant. */
  public Declaration<Schedule> schedule(String name, double standard) {
    return schedule(name, Schedule.constant(standard));
  }

  /** Begins to declare a number that may change over training. */
  public Declaration<Schedule> schedule(String name, Schedule standard) {
    return option(name, Schedule.type(), standard);
  }

  /** Begins to declare one of the constants of an enum. */
  public <E extends Enum<E>> Declaration<E> choice(String name, E standard) {
    return option(name, Type.choice(standard.getDeclaringClass()), standard);
  }

  /** Begins to declare something that is on or off. */
  public Declaration<Boolean> flag(String name, boolean standard) {
    return option(name, Type.flag(), standard);
  }

  <T> Option<T> add(Option<T> option) {
    Stream.concat(Stream.of(option.name()), option.formerly().stream())
        .filter(name -> find(name).isPresent())
        .forEach(
            name -> {
              throw new IllegalStateException(
                  "%s: option '%s' is declared twice.".formatted(owner, name));
            });
    options.put(option.name(), option);
    return option;
  }

  /** This schema with the options of another behind those that it has so far. */
  public Schema including(Schema part) {
    options.putAll(part.options);
    last.putAll(part.last);
    return this;
  }

  /** This schema with the options of another behind all that it will ever have. */
  public Schema endingWith(Schema part) {
    part.options().forEach(option -> last.put(option.name(), option));
    return this;
  }

  /** This schema with another default of an option that it includes. */
  public <T> Schema standard(Option<T> option, T value) {
    return standard(option, own(option).type(), value);
  }

  /** This schema with another type and default of an option that it includes. */
  public <T> Schema standard(Option<T> option, Type<T> type, T value) {
    if (option.home() == this) {
      throw new IllegalStateException(option + " has its default where it is declared.");
    }
    Map<String, Option<?>> home = options.containsKey(option.name()) ? options : last;
    home.put(option.name(), own(option).varied(type, value));
    return this;
  }

  /** The verb or algorithm. */
  public String owner() {
    return owner;
  }

  /** The options in order. */
  public List<Option<?>> options() {
    List<Option<?>> all = new ArrayList<>(options.values());
    all.addAll(last.values());
    return Collections.unmodifiableList(all);
  }

  /** The option of that name; unknown ones are refused with the nearest. */
  public Option<?> option(String name) {
    return find(name).orElseThrow(() -> new UnknownNameException(owner + " option", name, names()));
  }

  /** The option that goes, or once went, by that name. */
  public Optional<Option<?>> find(String name) {
    return options().stream().filter(option -> option.isCalled(name)).findFirst();
  }

  private List<String> names() {
    return options().stream().<String>map(Option::name).toList();
  }

  /** An option as it stands here; one of another schema is refused. */
  <T> Option<T> own(Option<T> option) {
    Option<?> own = options.getOrDefault(option.name(), last.get(option.name()));
    if (own == null || !own.is(option)) {
      throw new RetortException(
          "%s: expected one of its own options, got '%s' of %s. Its own are %s."
              .formatted(
                  owner,
                  option.name(),
                  option.home().owner(),
                  names().stream().sorted().collect(Collectors.joining(", "))));
    }
    @SuppressWarnings("unchecked") // it is the same option
    Option<T> same = (Option<T>) own;
    return same;
  }

  /** Everything at its default. */
  public Settings standard() {
    return new Settings(this, Map.of());
  }

  @Override
  public String toString() {
    return "options of %s: %s".formatted(owner, String.join(", ", options.keySet()));
  }
}
