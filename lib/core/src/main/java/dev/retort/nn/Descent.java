package dev.retort.nn;

import dev.retort.run.Finite;
import dev.retort.run.Resumable;
import java.util.Arrays;

/**
 * A population of networks on its way down a loss: back through the network, then one step of
 * {@link Adam}, on the way of which each member's gradient is clipped by its norm.
 */
public final class Descent {
  private final Network network;
  private final double maxNorm;
  private final Adam adam;

  /**
   * A network that has not moved yet.
   *
   * @param epsilon of Adam
   * @param maxNorm where the norm of each member's gradient is clipped; infinity for nowhere
   */
  public Descent(Network network, double epsilon, double maxNorm) {
    this.network = network;
    this.maxNorm = maxNorm;
    this.adam = new Adam(network.parameters().length, epsilon);
  }

  /**
   * Takes a step from the outputs of the last {@link Network#forward}.
   *
   * @param outputGradient the loss's gradient with respect to them, {@code (members, batch,
   *     outputs)}
   * @param learningRate step size of Adam
   * @param step of the training, for the message where a gradient is not finite
   */
  public void step(float[] outputGradient, double learningRate, long step) {
    double[] same = new double[network.members()];
    Arrays.fill(same, learningRate);
    step(outputGradient, same, step);
  }

  /**
   * The same with a step size for each member.
   *
   * @param learningRates step sizes of Adam, {@code (members)}
   */
  public void step(float[] outputGradient, double[] learningRates, long step) {
    network.backward(outputGradient);
    move(learningRates, step);
  }

  /**
   * The same, which gives the loss's gradient with respect to the inputs too, for what lies below.
   *
   * @param inputGradient receives it, {@code (members, batch, in)}
   */
  public void step(float[] outputGradient, float[] inputGradient, double learningRate, long step) {
    double[] same = new double[network.members()];
    Arrays.fill(same, learningRate);
    network.backward(outputGradient, inputGradient);
    move(same, step);
  }

  private void move(double[] learningRates, long step) {
    double[] norms = new double[network.members()];
    for (int member = 0; member < norms.length; member++) {
      norms[member] = GradientNorm.of(network, member);
      Finite.require(norms[member], 0, "gradient norm", step);
    }
    adam.advance();
    for (int member = 0; member < norms.length; member++) {
      float scale = GradientNorm.scale(norms[member], maxNorm);
      Adam.Stride stride = adam.stride(learningRates[member], scale);
      network.layout().ranges(member, (from, to) -> step(stride, from, to));
    }
    network.parametersChanged();
  }

  private void step(Adam.Stride stride, int from, int to) {
    adam.step(network.parameters(), network.gradients(), stride, from, to);
  }

  /** Network that is improved. */
  public Network network() {
    return network;
  }

  /** Forgets the moments of its gradients, as where the network was replaced. */
  public void rest() {
    adam.restore(new Adam(network.parameters().length, 0).save());
  }

  /** Adds parameters and moments to what a learner saves, under these names. */
  public void join(Resumable state, String parameters, String moments) {
    join(state, parameters, moments, 1);
  }

  /**
   * The same where members of the network follow one another for each member of the learner's.
   *
   * @param each how many, such as one for every agent
   */
  public void join(Resumable state, String parameters, String moments, int each) {
    network.join(state, parameters, each);
    state.part(moments, adam::save, adam::restore);
  }
}
