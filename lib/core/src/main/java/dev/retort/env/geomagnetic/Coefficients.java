package dev.retort.env.geomagnetic;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Gauss coefficients of a model at its epochs, in nT, linear in time between them. Coefficient
 * {@code g} of degree n and order m stands at {@code n(n+1)/2 + m}, {@code h} as far into the
 * second half.
 */
final class Coefficients {
  private final int degree;
  private final double[] epochs;
  private final double[][] at;

  /**
   * Coefficients of all epochs.
   *
   * @param degree the highest degree
   * @param epochs the epochs in decimal years, ascending
   * @param at the coefficients, {@code (epochs, 2 size(degree))}
   */
  private Coefficients(int degree, double[] epochs, double[][] at) {
    this.degree = degree;
    this.epochs = epochs;
    this.at = at;
  }

  /** The highest degree. */
  int degree() {
    return degree;
  }

  /** The first epoch in decimal years. */
  double from() {
    return epochs[0];
  }

  /** The last epoch in decimal years. */
  double to() {
    return epochs[epochs.length - 1];
  }

  /** Where {@code g} of a degree and an order stands. */
  static int index(int degree, int order) {
    return degree * (degree + 1) / 2 + order;
  }

  /** How many {@code g} there are, and how many {@code h}. */
  static int size(int degree) {
    return index(degree, degree) + 1;
  }

  /** Writes the coefficients of a date, {@code (2 size)}. */
  void on(double year, double[] coefficients) {
    int after = 1;
    while (after < epochs.length - 1 && epochs[after] < year) {
      after++;
    }
    double share = (year - epochs[after - 1]) / (epochs[after] - epochs[after - 1]);
    double[] from = at[after - 1];
    double[] to = at[after];
    for (int i = 0; i < coefficients.length; i++) {
      coefficients[i] = from[i] + share * (to[i] - from[i]);
    }
  }

  /** Coefficients of one epoch with their rates, valid for five years: the World Magnetic Model. */
  static Coefficients ofRates(String resource, int degree, double epoch, double end) {
    double[][] at = new double[2][2 * size(degree)];
    for (String line : rows(resource)) {
      String[] fields = line.split(",", -1);
      int g = index(Integer.parseInt(fields[0]), Integer.parseInt(fields[1]));
      int h = size(degree) + g;
      at[0][g] = Double.parseDouble(fields[2]);
      at[0][h] = Double.parseDouble(fields[3]);
      at[1][g] = at[0][g] + (end - epoch) * Double.parseDouble(fields[4]);
      at[1][h] = at[0][h] + (end - epoch) * Double.parseDouble(fields[5]);
    }
    return new Coefficients(degree, new double[] {epoch, end}, at);
  }

  /** Coefficients at many epochs: the International Geomagnetic Reference Field. */
  static Coefficients ofEpochs(String resource, int degree) {
    List<String> rows = rows(resource, 0);
    double[] epochs =
        Arrays.stream(rows.get(0).split(",", -1))
            .skip(3)
            .mapToDouble(Double::parseDouble)
            .toArray();
    double[][] at = new double[epochs.length][2 * size(degree)];
    for (String line : rows.subList(1, rows.size())) {
      String[] fields = line.split(",", -1);
      int place = index(Integer.parseInt(fields[0]), Integer.parseInt(fields[1]));
      int into = fields[2].equals("g") ? place : size(degree) + place;
      for (int i = 0; i < epochs.length; i++) {
        at[i][into] = Double.parseDouble(fields[3 + i]);
      }
    }
    return new Coefficients(degree, epochs, at);
  }

  private static List<String> rows(String resource) {
    return rows(resource, 1);
  }

  private static List<String> rows(String resource, int skipped) {
    try (var in =
        new BufferedReader(
            new InputStreamReader(
                Coefficients.class.getResourceAsStream(resource), StandardCharsets.UTF_8))) {
      return in.lines().skip(skipped).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
