package dev.retort.figure;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tech.tablesaw.api.NumberColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;

/**
 * How numbers are written, in every table, card and chart, whatever the machine's language.
 *
 * <p>Thousands are separated by commas, measured values carry four significant digits, a missing
 * number is a dash.
 */
public final class Numbers {
  private static final String MISSING = "–";

  /** As many as any double has. */
  private static final int DECIMALS = 340;

  private Numbers() {}

  /** A count with separated thousands: {@code 9,990}. */
  public static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  /** A number to four significant digits: {@code 487.1}, {@code 0.05}, {@code 12,346}. */
  public static String of(double x) {
    if (!Double.isFinite(x)) {
      return odd(x);
    }
    double size = Math.abs(x);
    if (x == Math.rint(x) && size < 1e9) {
      return count((long) x);
    }
    if (size >= 1e9 || size < 1e-4) {
      return scientific(x);
    }
    return trimmed(fixed(x, Math.max(0, 3 - exponent(size))));
  }

  /** A number with a given count of decimals and separated thousands. */
  public static String fixed(double x, int decimals) {
    if (!Double.isFinite(x)) {
      return odd(x);
    }
    String text = String.format(Locale.ROOT, "%,." + decimals + "f", x);
    return text.matches("-[0.]+") ? text.substring(1) : text;
  }

  /**
   * The numbers of one column, all with the same count of decimals: enough for four significant
   * digits of the largest and two of the median, at most six.
   */
  public static List<String> column(double... xs) {
    double[] sizes =
        Arrays.stream(xs)
            .filter(x -> Double.isFinite(x) && x != 0)
            .map(Math::abs)
            .sorted()
            .toArray();
    boolean whole = Arrays.stream(xs).filter(Double::isFinite).allMatch(x -> x == Math.rint(x));
    double largest = sizes.length == 0 ? 0 : sizes[sizes.length - 1];
    boolean outside = largest >= 1e9 || (largest > 0 && largest < 1e-4);
    int decimals = 0;
    if (!whole && !outside) {
      int forLargest = 3 - exponent(largest);
      int forMedian = 1 - exponent(sizes[sizes.length / 2]);
      decimals = Math.min(6, Math.max(0, Math.max(forLargest, forMedian)));
    }
    List<String> texts = new ArrayList<>();
    for (double x : xs) {
      texts.add(outside && Double.isFinite(x) && x != 0 ? scientific(x) : fixed(x, decimals));
    }
    return texts;
  }

  /**
   * Both ends of an axis, to the digits that the larger number has by itself: {@code 82} and {@code
   * 8,192} in place of {@code 81.92}.
   */
  public static List<String> ends(double from, double to) {
    double size = Math.max(Math.abs(from), Math.abs(to));
    if (!Double.isFinite(size) || size >= 1e9 || size < 1e-4) {
      return List.of(of(from), of(to));
    }
    int decimals = Math.max(0, 3 - exponent(size));
    return List.of(trimmed(fixed(from, decimals)), trimmed(fixed(to, decimals)));
  }

  /** A share in per cent: {@code 93.5 %}. */
  public static String percent(double fraction) {
    return Double.isFinite(fraction) ? trimmed(fixed(100 * fraction, 1)) + " %" : MISSING;
  }

  /** An interval with as many decimals on both sides: {@code [480.2, 499.0]}. */
  public static String interval(double low, double high) {
    return "[" + String.join(", ", column(low, high)) + "]";
  }

  /**
   * A time span in its two largest units: {@code 4.2 s}, {@code 1 min 05 s}, {@code 2 h 07 min}.
   */
  public static String duration(double seconds) {
    if (!Double.isFinite(seconds) || seconds < 0) {
      return MISSING;
    }
    if (seconds < 9.95) {
      return fixed(seconds, 1) + " s";
    }
    long s = Math.round(seconds);
    if (s < 60) {
      return s + " s";
    }
    if (s < 3_600) {
      return String.format(Locale.ROOT, "%d min %02d s", s / 60, s % 60);
    }
    if (s < 86_400) {
      return String.format(Locale.ROOT, "%d h %02d min", s / 3_600, s / 60 % 60);
    }
    return String.format(Locale.ROOT, "%,d d %02d h", s / 86_400, s / 3_600 % 24);
  }

  /**
   * The table itself, whose columns of numbers now print digits and points as files have them;
   * Tablesaw's own ask for the machine's language.
   */
  public static Table in(Table table) {
    DecimalFormat format = new DecimalFormat("0", DecimalFormatSymbols.getInstance(Locale.ROOT));
    format.setMaximumFractionDigits(DECIMALS);
    for (NumericColumn<?> column : table.numericColumns()) {
      if (column instanceof NumberColumn<?, ?> numbers) {
        numbers.setPrintFormatter(format, "");
      }
    }
    return table;
  }

  private static int exponent(double size) {
    return (int) Math.floor(Math.log10(size));
  }

  private static String scientific(double x) {
    String[] parts = String.format(Locale.ROOT, "%.3e", x).split("e", -1);
    return trimmed(parts[0]) + "e" + Integer.parseInt(parts[1]);
  }

  private static String trimmed(String text) {
    return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
  }

  private static String odd(double x) {
    return Double.isNaN(x) ? MISSING : x > 0 ? "∞" : "-∞";
  }
}
