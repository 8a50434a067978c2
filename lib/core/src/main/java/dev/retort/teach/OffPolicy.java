package dev.retort.teach;

import dev.retort.data.View;
import dev.retort.distribution.Distribution;
import dev.retort.env.Env;
import dev.retort.guidance.Guidance;
import dev.retort.nn.Architecture;
import dev.retort.nn.Blueprint;
import dev.retort.option.Given;
import dev.retort.option.Inner;
import dev.retort.option.Option;
import dev.retort.option.Schedule;
import dev.retort.option.Schema;
import dev.retort.space.Selection;

/**
 * An algorithm that learns from a memory of what it did, and what is set alike in all of them.
 *
 * @param <A> the algorithm itself
 */
public interface OffPolicy<A extends OffPolicy<A>> extends Accompanied<A> {
  // spotless:off
  /** Options of the memory: how long it fills, and how often it is learned from. */
  Schema EXPERIENCE = new Schema("experience").endingWith(COMPANY);

  Option<Long>     STEPS         = EXPERIENCE.whole("steps", 20_000L).from(1).in("environment steps").says("length of each seed's training");
  Option<Schedule> LEARNING_RATE = EXPERIENCE.schedule("learning-rate", 0.001).says("step size of Adam");
  Option<Double>   GAMMA         = EXPERIENCE.real("gamma", 0.99).from(0, 1).says("discount factor γ");
  Option<Integer>  N_STEP        = EXPERIENCE.whole("n-step", 1).from(1).in("steps").says("rewards that are summed before the bootstrap");
  Option<Long>     MEMORY        = EXPERIENCE.whole("memory", 1_000_000L).from(1).in("transitions").says("size of the memory");
  Option<Long>     WARM_UP       = EXPERIENCE.whole("warm-up", 100L).from(1).in("environment steps").says("random steps before learning");
  Option<Integer>  TRAIN_EVERY   = EXPERIENCE.whole("train-every", 1).from(1).in("environment steps").says("distance of two blocks of updates");
  Option<Integer>  UPDATES       = EXPERIENCE.whole("updates", 1).from(1).says("gradient steps in a block");
  Option<Integer>  BATCH_SIZE    = EXPERIENCE.whole("batch-size", 256).from(1).in("transitions").formerly("batch").says("size of a minibatch");
  Option<View>     SEEING        = EXPERIENCE.option("seeing", View.type(), View.all()).says("what the networks see of an observation");

  /** Environment steps of each seed. */
  @Override default A steps(long steps) { return with(STEPS, steps); }
  @Override default long steps() { return get(STEPS); }

  /** Step size of Adam, constant or over training. */
  default A learningRate(Schedule rate) { return with(LEARNING_RATE, rate); }
  default A learningRate(double rate) { return learningRate(Schedule.constant(rate)); }
  default Schedule learningRate() { return get(LEARNING_RATE); }

  /** Discount factor γ. */
  default A gamma(double gamma) { return with(GAMMA, gamma); }
  @Override default double gamma() { return get(GAMMA); }

  /** Rewards that are summed before the bootstrap. */
  default A nStep(int steps) { return with(N_STEP, steps); }
  default int nStep() { return get(N_STEP); }

  /** Size of the memory, in transitions. */
  default A memory(long transitions) { return with(MEMORY, transitions); }
  default long memory() { return get(MEMORY); }

  /** Uniformly random environment steps before learning. */
  default A warmUp(long steps) { return with(WARM_UP, steps); }
  default long warmUp() { return get(WARM_UP); }

  /** Environment steps between two blocks of updates. */
  default A trainEvery(int steps) { return with(TRAIN_EVERY, steps); }
  default int trainEvery() { return get(TRAIN_EVERY); }

  /** Gradient steps in a block. */
  default A updates(int updates) { return with(UPDATES, updates); }
  default int updates() { return get(UPDATES); }

  /** Size of a minibatch, in transitions. */
  default A batchSize(int size) { return with(BATCH_SIZE, size); }
  default int batchSize() { return get(BATCH_SIZE); }

  /**
   * What the networks see of an observation, by which alone the policy acts when it is trained, such as {@code
   * View.parts("position", "goal")}; values see no more.
   */
  default A seeing(View view) { return with(SEEING, view); }
  default View seeing() { return get(SEEING); }

  /** Names of the parts of an observation that the networks see. */
  default A seeing(String... parts) { return seeing(View.parts(Given.given(settings().schema().owner(), "names of parts", parts).toArray(String[]::new))); }
  // spotless:on

  /** The numbers of an observation that the networks see. */
  @Inner
  default Selection sight(Env env) {
    return selection("seeing", seeing(), env);
  }

  @Override
  default Guidance.Learning learning(Env env, Distribution distribution, Blueprint network) {
    return Accompanied.super.learning(env, distribution, network).seeing(sight(env), false);
  }

  /** Network of the values, and of the actor where there is one. */
  Architecture network();
}
