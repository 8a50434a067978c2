package dev.retort.env.grid;

import dev.retort.random.RandomStream;

/**
 * A seeded permutation of {@code 0..size-1} that is computed, not stored.
 *
 * <p>A Feistel network is a bijection whatever its round function: with the halves {@code (l, r)}
 * of an index, a round gives {@code (r, l xor f(r))}. Its domain is the next power of four, and an
 * image outside the range is permuted on until it falls inside ("cycle walking").
 *
 * @param size how many indices there are
 * @param seed which permutation
 */
record Shuffle(int size, long seed) {
  private static final int ROUNDS = 6;

  /** Where an index goes. */
  int apply(int index) {
    int halfBits = 1;
    while (1L << (2 * halfBits) < size) {
      halfBits++;
    }
    int image = index;
    do {
      image = permute(image, halfBits);
    } while (image >= size);
    return image;
  }

  private int permute(int index, int halfBits) {
    int mask = (1 << halfBits) - 1;
    int left = index >>> halfBits;
    int right = index & mask;
    for (int round = 0; round < ROUNDS; round++) {
      int mixed = (int) RandomStream.of(seed, "shuffle", round, right).nextLong();
      int next = left ^ (mixed & mask);
      left = right;
      right = next;
    }
    return left << halfBits | right;
  }
}
