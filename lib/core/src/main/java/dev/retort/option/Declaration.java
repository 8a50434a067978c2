package dev.retort.option;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * An option while it is declared: a line of a table, which ends with what the option is.
 *
 * <pre>{@code
 * static final Option<Double> GAMMA = OPTIONS.real("gamma", 0.98).from(0, 1).says("discount factor γ");
 * }</pre>
 *
 * @param <T> the value's type
 */
public abstract sealed class Declaration<T> {
  private final Schema schema;
  private final String name;
  private final T standard;
  private final List<String> formerly = new ArrayList<>();
  private Type<T> type;
  private String unit = "";

  Declaration(Schema schema, String name, Type<T> type, T standard) {
    this.schema = schema;
    this.name = name;
    this.type = type;
    this.standard = standard;
  }

  /** Unit of the number, such as {@code environment steps}. */
  public Declaration<T> in(String numbers) {
    unit = numbers;
    return this;
  }

  /** A name that the option once had; flags and files that use it are still read. */
  public Declaration<T> formerly(String old) {
    formerly.add(old);
    return this;
  }

  /** Declares the option, with a sentence for help, without its full stop. */
  public Option<T> says(String help) {
    return schema.add(new Option<>(schema, name, formerly, type, standard, unit, help));
  }

  /** Anything else while it is declared. */
  static final class OfAny<T> extends Declaration<T> {
    OfAny(Schema schema, String name, Type<T> type, T standard) {
      super(schema, name, type, standard);
    }
  }

  /**
   * A number while it is declared; without bounds it may be any.
   *
   * @param <T> the number's type
   */
  public static final class OfNumber<T> extends Declaration<T> {
    private final BiFunction<Double, Double, Type<T>> bounded;

    OfNumber(Schema schema, String name, T standard, BiFunction<Double, Double, Type<T>> bounded) {
      super(schema, name, bounded.apply(-Double.MAX_VALUE, Double.MAX_VALUE), standard);
      this.bounded = bounded;
    }

    /** Least value. */
    public Declaration<T> from(double low) {
      return from(low, Double.MAX_VALUE);
    }

    /** Least and largest value. */
    public Declaration<T> from(double low, double high) {
      super.type = bounded.apply(low, high);
      return this;
    }
  }

  @Override
  public String toString() {
    return "option %s, %s unless said".formatted(name, standard);
  }
}
