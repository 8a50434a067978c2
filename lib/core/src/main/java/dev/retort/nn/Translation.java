package dev.retort.nn;

import java.util.List;
import java.util.Optional;

/**
 * Another language, into which {@link Blueprint#translate} brings a network operation by operation:
 * that of another engine, or of a file that others read.
 *
 * <p>A value is that of a batch of rows: numbers {@code (batch, d)}, tokens {@code (batch, tokens,
 * d)}, or pictures {@code (batch, planes, height, width)}. Each method gives the value of an
 * operation, as the method of {@link Graph} of that name says it.
 *
 * @param <V> a value in that language
 */
public interface Translation<V> {
  /** What is added to the score of a token that is not seen. */
  double NEVER = -1e9;

  /** What the network sees of a row, {@code (batch, size)}. */
  V input(int size);

  /** The same numbers in another shape, which is told without the batch. */
  V reshape(V x, List<Integer> shape);

  /** Some of the last numbers of the shape. */
  V slice(V x, int from, int count);

  /** One token, as numbers. */
  V at(V tokens, int token);

  /** Values side by side in the last numbers of their shapes. */
  V concat(List<V> values);

  /** A non-linearity. */
  V apply(Activation activation, V x);

  /** {@code factor · x}. */
  V scale(V x, double factor);

  /** {@code a + b}, of one shape. */
  V add(V a, V b);

  /** {@code a · b}; b may have one number for the last ones of a. */
  V multiply(V a, V b);

  /** Probabilities over the last numbers of the shape. */
  V softmax(V x);

  /** One number everywhere, {@code (batch, size)}. */
  V constant(double value, int size);

  /** Of each number, which is rounded, a token that is 1 at its place and 0 elsewhere. */
  V oneHot(V x, int choices);

  /** 0 of each number of at least one half, and {@link #NEVER} of each other. */
  V absent(V there);

  /**
   * Of each token i for each token j, {@code (batch, tokens, tokens)}: 0 for itself, for others
   * what is told of j, and where it is causal {@link #NEVER} for those behind it.
   *
   * @param absent one number a token
   */
  V unseen(V absent, int tokens, boolean isCausal);

  /** The same numbers for every row. */
  V free(Parameter numbers);

  /** {@code x W + b} of numbers, or of each token. */
  V linear(V x, Parameter weight, Parameter bias);

  /**
   * Numbers, or those of each token, less their mean and over their deviation, times a scale and
   * plus an offset of each.
   *
   * @param epsilon what is added to the variance
   */
  V norm(V x, Parameter scale, Parameter offset, double epsilon);

  /** A convolution of pictures. */
  V convolution(V x, Parameter weight, Parameter bias, int stride, int padding);

  /** The largest number in each window of each plane. */
  V maxPool(V x, int kernel, int stride, int padding);

  /** Tokens plus numbers that are learned for their places. */
  V positions(V x, Parameter numbers);

  /** The sum of tokens, each times its weight. */
  V weightedSum(V weights, V tokens);

  /**
   * {@code softmax(q kᵀ / √e + mask) v} of each head, heads side by side.
   *
   * @param x query, key and offer of each token, each for all heads, {@code (batch, tokens, 3 d)}
   * @param tokens how many
   * @param width d, which is heads times e
   * @param mask {@code (batch, tokens, tokens)}, what is added to scores
   */
  V attention(V x, int tokens, int width, int heads, Optional<V> mask);

  /**
   * {@code n + z (h − n)} with {@code r, z = σ(x + sums)} and {@code n = tanh(x + r sums)} of their
   * thirds.
   *
   * @param x of what is seen, {@code (batch, 3 d)}
   * @param sums of the state before, {@code (batch, 3 d)}
   * @param h the state before, {@code (batch, d)}
   */
  V gates(V x, V sums, V h, int d);
}
