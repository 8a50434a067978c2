package dev.retort.nn;

import dev.retort.run.Finite;
import dev.retort.run.Resumable;

/**
 * A population of networks on its way down a loss: back through the network, each member's gradient
 * clipped by its norm, one step of {@link Adam}.
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
    backward(outputGradient, step);
    adam.step(network.parameters(), network.gradients(), learningRate);
    network.parametersChanged();
  }

  /**
   * The same with a step size for each member.
   *
   * @param learningRates step sizes of Adam, {@code (members)}
   */
  public void step(float[] outputGradient, double[] learningRates, long step) {
    backward(outputGradient, step);
    adam.advance();
    for (int member = 0; member < learningRates.length; member++) {
      double own = learningRates[member];
      network
          .layout()
          .ranges(
              member,
              (from, to) -> adam.step(network.parameters(), network.gradients(), own, from, to));
    }
    network.parametersChanged();
  }

  private void backward(float[] outputGradient, long step) {
    network.backward(outputGradient);
    Finite.require(GradientNorm.clip(network, maxNorm), 0, "gradient norm", step);
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
    state
        .floats(parameters, network::parameters, network::set)
        .part(moments, adam::save, adam::restore);
  }
}
