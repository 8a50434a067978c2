package dev.retort.distill;

import dev.retort.data.View;
import dev.retort.nn.Adam;
import dev.retort.nn.GradientNorm;
import dev.retort.nn.Network;
import dev.retort.nn.Rows;
import dev.retort.random.RandomStreams;
import dev.retort.run.Finite;
import dev.retort.space.Discrete;
import java.util.Arrays;
import java.util.Optional;

/**
 * Updates whose passes the engine computes, and all else Java.
 *
 * <p>Where consistency is asked for, the transformed rows of a minibatch stand behind the rows
 * themselves, {@code (owners, 2 batch, inputs)}, and both pass forward and backward together. Of
 * centered students what they gave at first is subtracted from what they give; no gradient goes
 * there.
 */
final class JavaUpdates implements Updates {
  private final float[] observations;
  private final int obsSize;
  private final View.Sight sight;
  private final Objective objective;
  private final Optional<Agreeing> agreeing;
  private final Network network;
  private final Optional<Network> initial;
  private final Adam adam;
  private final Rows rows;
  private final RandomStreams chance;
  private final int members;
  private final int batch;
  private final int each;
  private final int picks;
  private final int width;
  private final int choices;
  private final int inputs;
  private final float[] seen;
  private final float[] out;
  private final float[] dOut;
  private final float[] before;
  private final int[] elements;
  private final float[] own;

  /**
   * Prepares updates.
   *
   * @param initial the networks before they learned, where that is subtracted
   * @param chance of views and transformations, a stream for each who has an order
   */
  JavaUpdates(
      Lesson lesson,
      Objective objective,
      Network network,
      Optional<Network> initial,
      Adam adam,
      Rows rows,
      int batch,
      RandomStreams chance) {
    this.observations = lesson.agreeing().isPresent() ? lesson.data().obs() : new float[0];
    this.obsSize = lesson.data().observations().size();
    this.sight = lesson.view().of(lesson.data());
    this.objective = objective;
    this.agreeing = lesson.agreeing();
    this.network = network;
    this.initial = initial;
    this.adam = adam;
    this.rows = rows;
    this.chance = chance;
    this.members = network.members();
    this.batch = batch;
    this.each = agreeing.isPresent() ? 2 * batch : batch;
    this.width = objective.width();
    this.choices = lesson.data().actions() instanceof Discrete discrete ? discrete.n() : 0;
    this.inputs = network.inputs();
    int owners = rows == Rows.SHARED ? 1 : members;
    this.picks = owners * batch;
    this.seen = new float[owners * each * inputs];
    this.out = new float[members * each * width];
    this.dOut = new float[out.length];
    this.before = new float[initial.isPresent() ? out.length : 0];
    this.elements = new int[picks];
    this.own = new float[lesson.outputs().get(0).size()];
  }

  @Override
  public int together() {
    return 1;
  }

  @Override
  public void take(
      int[] picked,
      int count,
      double learningRate,
      long first,
      double[] losses,
      double[] agreements) {
    for (int update = 0; update < count; update++) {
      update(picked, update * picks, learningRate, first + update, losses, agreements);
    }
  }

  private void update(
      int[] picked, int from, double rate, long update, double[] losses, double[] agreements) {
    for (int i = 0; i < picks; i++) {
      look(picked[from + i], i);
    }
    network.forward(seen, each, rows, out);
    subtractInitial();
    for (int i = 0; i < members * batch; i++) {
      int member = i / batch;
      int pick = i % picks;
      int row = picked[from + pick];
      int at = (member * each + i % batch) * width;
      double consistency = agree(elements[pick], at);
      agreements[member] += objective.agreement(row, out, at, choices);
      losses[member] += objective.at(row, out, at, 1.0 / batch, dOut) + consistency;
      for (int k = 0; agreeing.isPresent() && k < own.length; k++) {
        dOut[at + k] += own[k];
      }
    }
    network.backward(dOut);
    Finite.require(losses, 0, members, "loss", update);
    Finite.require(GradientNorm.largest(network), 0, "gradient norm", update);
    adam.step(network.parameters(), network.gradients(), rate);
    network.parametersChanged();
  }

  /** Takes off what was given before anything was learned. */
  private void subtractInitial() {
    initial.ifPresent(network -> network.predict(seen, each, rows, before));
    for (int i = 0; i < before.length; i++) {
      out[i] -= before[i];
    }
  }

  /** Shows a row, and its transformation where that is asked for. */
  private void look(int row, int pick) {
    int owner = pick / batch;
    int at = (owner * each + pick % batch) * inputs;
    sight.look(row, chance.get(owner), seen, at);
    if (agreeing.isPresent()) {
      elements[pick] = agreeing.get().draw(chance.get(owner));
      int turned = at + batch * inputs;
      agreeing.get().look(elements[pick], observations, row * obsSize, seen, turned);
    }
  }

  /** The consistency of a row, whose gradient by its own outputs is kept to be added. */
  private double agree(int element, int at) {
    if (agreeing.isEmpty()) {
      return 0;
    }
    int turned = at + batch * width;
    Arrays.fill(dOut, turned, turned + width, 0);
    return agreeing.get().at(element, out, at, turned, 1.0 / batch, own, dOut);
  }

  @Override
  public void fetch() {
    // They are here.
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
