package dev.retort.policy;

import dev.retort.env.Env;
import dev.retort.random.RandomStream;
import dev.retort.space.Discrete;
import dev.retort.space.Space;

/**
 * A policy that draws every action uniformly, whatever it sees: what learning is held against.
 *
 * @param observations what it is shown
 * @param actions what it draws from
 */
public record RandomPolicy(Space observations, Space actions) implements Policy {
  /** The random policy of an environment. */
  public static RandomPolicy of(Env env) {
    return new RandomPolicy(env.observations(), env.actions());
  }

  @Override
  public String name() {
    return "random";
  }

  /** Equal logits, or an action that the drawn ones replace. */
  @Override
  public Head head() {
    return actions instanceof Discrete ? Head.LOGITS : Head.ACTION;
  }

  @Override
  public boolean isAlwaysDrawn() {
    return true;
  }

  @Override
  public Forward forward(int batch) {
    float[] any = new float[width()];
    if (head() == Head.ACTION) {
      actions.sample(RandomStream.of(0, "random policy"), any, 0);
    }
    return new Forward() {
      @Override
      public void apply(float[] rows, int count, float[] outputs) {
        for (int row = 0; row < count; row++) {
          System.arraycopy(any, 0, outputs, row * any.length, any.length);
        }
      }

      @Override
      public void sample(RandomStream[] streams, int count, float[] drawn) {
        for (int row = 0; row < count; row++) {
          actions.sample(streams[row], drawn, row * any.length);
        }
      }
    };
  }
}
