package dev.retort.distill;

/** Where and how a population of students takes its updates. */
interface Updates extends AutoCloseable {
  /** How many updates may be taken together before anybody asks whether to stop. */
  int together();

  /**
   * Takes updates, one after the other.
   *
   * @param picked which rows each takes, {@code (count, members, batch)}; without members where
   *     they share an order
   * @param count how many
   * @param learningRate Adam's step size
   * @param first the number of the first, for messages
   * @param losses the losses of all rows are added to it, {@code (members)}
   * @param agreements how many rows student and teacher agreed on, likewise
   */
  void take(
      int[] picked,
      int count,
      double learningRate,
      long first,
      double[] losses,
      double[] agreements);

  /** Makes network and optimizer what they would be if all had been done in Java. */
  void fetch();

  @Override
  void close();
}
