package dev.retort.env;

import dev.retort.RetortException;

/**
 * A family of which every seed of a training learns one task; see {@link Env#eachTask}.
 *
 * @param inner the family
 */
record EachTask(Env inner) implements Wrapper {
  static final String SEGMENT = "eachTask";

  EachTask {
    if (inner.contexts() == 1 || inner.contexts() == Integer.MAX_VALUE) {
      throw new RetortException(
          "%s: expected a finite family to deal its tasks out, got %s. Narrow a family: train(20).eachTask()."
              .formatted(
                  inner.name(), inner.contexts() == 1 ? "a single task" : "all of its tasks"));
    }
  }

  @Override
  public Env around(Env other) {
    return new EachTask(other);
  }

  @Override
  public String segment() {
    return SEGMENT;
  }

  @Override
  public Env ofSeed(long seed) {
    return inner.task((int) Math.floorMod(seed, (long) inner.contexts()));
  }

  @Override
  public String toString() {
    return inner + "/" + segment();
  }
}
