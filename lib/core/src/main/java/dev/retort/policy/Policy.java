package dev.retort.policy;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.distribution.ActionValues;
import dev.retort.distribution.Distribution;
import dev.retort.env.VectorEnv;
import dev.retort.nn.Output;
import dev.retort.option.Given;
import dev.retort.space.Space;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToIntFunction;

/**
 * A mapping from observations to behavior. It is immutable; {@link #actor(int)} puts it to work.
 */
public interface Policy {
  /** A short name for tables and charts. */
  String name();

  /** What it expects to see. */
  Space observations();

  /** Space of its actions. */
  default Space actions() {
    return distribution().actions();
  }

  /** Family of distributions over actions that its first outputs describe. */
  Distribution distribution();

  /** Everything that it can say of an observation; those outputs come first that act. */
  default List<Output> outputs() {
    return distribution().outputs();
  }

  /**
   * Length of its memory: numbers that its {@link Actor} keeps for it from step to step of an
   * episode, all 0 where an episode begins. A policy without memory needs what it sees and nothing
   * else.
   */
  default int memory() {
    return 0;
  }

  /** γ, by which its action values discount; empty where it gives none, or it is not known. */
  default OptionalDouble discount() {
    return OptionalDouble.empty();
  }

  /**
   * Whether it prefers no action to another, so that its actions are drawn even where everybody
   * else's greedy ones are taken.
   */
  default boolean isAlwaysDrawn() {
    return false;
  }

  /** Where it comes from: how it came about, and in which environments it is at home. */
  default Provenance origin() {
    return Provenance.unknown();
  }

  /** The same policy, which says where it comes from; a rule in Java stays as it is. */
  default Policy made(Provenance from) {
    return this;
  }

  /**
   * Prepares the computation of the numbers of its distribution, for batches of at most {@code
   * batch} observations; the result belongs to one thread. That of a policy with memory is {@link
   * Recurrent}.
   */
  Forward forward(int batch);

  /** The same for some of its outputs, side by side in their order. */
  default Forward forward(int batch, List<Output> some) {
    if (some.equals(distribution().outputs())) {
      return forward(batch);
    }
    throw new RetortException(
        "policy '%s': expected outputs among %s, got %s."
            .formatted(name(), Output.names(outputs()), Output.names(some)));
  }

  /**
   * What one of its outputs says of observations, each the first of an episode.
   *
   * @param output name of one of its {@link #outputs}, such as {@code features}
   * @param observations {@code (rows, obsSize)}
   * @return {@code (rows, size of the output)}
   * @throws UnknownNameException if it has no output of that name
   * @throws RetortException if observations are no whole rows
   */
  default float[] says(String output, float[] observations) {
    Output wanted =
        outputs().stream()
            .filter(each -> each.name().equals(output))
            .findFirst()
            .orElseThrow(
                () ->
                    new UnknownNameException(
                        "output of the policy '%s'".formatted(name()),
                        output,
                        Output.names(outputs())));
    int size = observations().size();
    int rows = observations.length / size;
    if (rows == 0 || rows * size != observations.length) {
      throw new RetortException(
          "policy '%s': expected rows of %s numbers, got %s numbers."
              .formatted(name(), size, observations.length));
    }
    try (Actor actor = actor(rows, List.of(wanted))) {
      for (int row = 0; row < rows; row++) {
        actor.begin(row);
      }
      return actor.outputs(observations).clone();
    }
  }

  /**
   * Puts the policy to work on the copies of an environment: its memory begins anew with each of
   * their episodes, and messages say where they are.
   */
  default Actor actor(VectorEnv envs) {
    return actor(envs, distribution().outputs());
  }

  /** The same for somebody who asks for some of its outputs; those that act come first. */
  default Actor actor(VectorEnv envs, List<Output> some) {
    return actor(envs.copies(), some).following(envs);
  }

  /**
   * Puts the policy to work on batches of {@code batch} observations, wherever they come from; one
   * with memory has to be told where episodes begin, {@link Actor#begin}.
   */
  default Actor actor(int batch) {
    return actor(batch, distribution().outputs());
  }

  /** The same for somebody who asks for some of its outputs; those that act come first. */
  default Actor actor(int batch, List<Output> some) {
    return new Actor(this, some, batch);
  }

  /**
   * The policy at a temperature, {@code π(a|s)^(1/T)}: above 1 it draws more widely, below 1 nearer
   * to what it prefers. Action values become the logits of a softmax.
   */
  default Policy tempered(double temperature) {
    return new Tempered(this, temperature);
  }

  /**
   * What it prefers, and what another policy adds to it: a residual on a policy that is frozen. Of
   * policies with action values the values are added.
   */
  default Policy plus(Policy addition) {
    return plus(addition, 1);
  }

  /** The same with what is added multiplied by a scale above 0. */
  default Policy plus(Policy addition, double scale) {
    Policy added = Given.given("plus", "a policy", addition);
    return distribution() instanceof ActionValues
        ? new ValueSum(this, added, scale)
        : new Residual(this, added, scale);
  }

  /**
   * The highest of its action values among the choices that another policy makes with at least a
   * part, from 0 to 1, of its likeliest choice's probability.
   */
  default Policy among(Policy behavior, double threshold) {
    return new Constrained(this, Given.given("among", "a policy", behavior), threshold);
  }

  /** This policy for the first steps of every episode, and another one from there on. */
  default Policy until(int steps, Policy second) {
    return new Switching(this, steps, Given.given("until", "a policy", second));
  }

  /**
   * One policy for each of several tasks.
   *
   * @param policies one a task
   * @param task reads the number of the task, from 0, from an observation, {@code (obsSize)}
   */
  static Policy ofTask(List<Policy> policies, ToIntFunction<float[]> task) {
    return new OfTask(
        Given.given("ofTask", "a policy for each task", policies),
        Given.given("ofTask", "a function of observations", task));
  }

  /**
   * Writes it to a file, complete or not at all; {@code policy(file)} and {@code %open} read it.
   * Networks, ensembles of them, tables and what is made of them can be written, rules in Java
   * cannot. A name that ends in {@code .safetensors} is that of the library's own format, others
   * are those of a {@link PolicyFormat}.
   */
  default void save(Path file) {
    PolicyFile.save(this, file);
  }

  /** Computes outputs. */
  @FunctionalInterface
  interface Forward extends AutoCloseable {
    /**
     * Computes the outputs of a batch.
     *
     * @param observations {@code (batch, obsSize)}; not changed
     * @param batch number of observations
     * @param outputs receives {@code (batch, size of the outputs)}
     */
    void apply(float[] observations, int batch, float[] outputs);

    /**
     * Computes the outputs of a batch and what is remembered of it.
     *
     * @param observations {@code (batch, obsSize)}; not changed
     * @param memory {@code (batch, memory)}, what was left by the step before, replaced by what the
     *     next one needs
     * @param batch number of observations
     * @param outputs receives {@code (batch, size of the outputs)}
     */
    default void apply(float[] observations, float[] memory, int batch, float[] outputs) {
      apply(observations, batch, outputs);
    }

    @Override
    default void close() {}
  }

  /** Computes outputs from what is seen and from what is remembered. */
  @FunctionalInterface
  interface Recurrent extends Forward {
    @Override
    void apply(float[] observations, float[] memory, int batch, float[] outputs);

    /** Refused: without its memory it says nothing. */
    @Override
    @SuppressWarnings("FunctionalInterfaceMethodChanged") // who forgets the memory is told
    default void apply(float[] observations, int batch, float[] outputs) {
      throw new RetortException(
          "policy: expected its memory beside the observations, got none. Open an actor, which"
              + " keeps it.");
    }
  }
}
