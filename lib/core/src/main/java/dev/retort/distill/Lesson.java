package dev.retort.distill;

import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.data.View;
import dev.retort.nn.Blueprint;
import dev.retort.nn.InputShape;
import dev.retort.nn.Output;
import dev.retort.nn.Trunk;
import dev.retort.policy.NetworkPolicy;
import dev.retort.space.Selection;
import java.util.List;
import java.util.Optional;

/**
 * What there is to learn: what is seen of the rows of a dataset, and what shall be given for them.
 *
 * @param how settings of those who learn
 * @param data the rows
 */
record Lesson(Supervised how, Dataset data) {
  /** What of a row is seen. */
  View view() {
    return how.seeing();
  }

  /** What is minimized. */
  Loss loss() {
    return how.minimizing();
  }

  /** Outputs of each network. */
  List<Output> outputs() {
    return loss().behavior().isPresent()
        ? new StudentKind(loss(), data).outputs()
        : new PredictedColumns(loss(), data).outputs();
  }

  /** Each network. */
  Blueprint blueprint() {
    return new Blueprint(how.into(), shape(), outputs(), Trunk.SHARED);
  }

  /** The shape in which networks take what is seen. */
  InputShape shape() {
    return NetworkPolicy.shape(view().sees(data.observations()));
  }

  /** The numbers of the observation that are seen, where the view shows nothing else. */
  Optional<Selection> selection() {
    return view().selection(data.observations());
  }

  /** The arithmetic of the loss, with all that depends on targets alone. */
  Objective objective() {
    return new Objective(loss(), data);
  }

  /** The arithmetic of the consistency, where it is asked for. */
  Optional<Agreeing> agreeing() {
    return loss()
        .consistency()
        .map(
            term ->
                new Agreeing(
                    term,
                    Consistency.between(new StudentKind(loss(), data).distribution()),
                    selection().orElseThrow(),
                    outputs().get(0).size()));
  }

  /** Refuses what cannot be learned, in words. */
  void require() {
    if (loss().behavior().isPresent()) {
      new StudentKind(loss(), data).require();
    } else {
      new PredictedColumns(loss(), data).require();
    }
    view().sees(data.observations());
    if (how.centered() && how.into().perceptron().isEmpty()) {
      throw new RetortException(
          "distill: expected a perceptron such as mlp(64, 64) where students are centered, got %s."
              .formatted(how.into()));
    }
    loss()
        .consistency()
        .ifPresent(
            term -> {
              term.group().require(data.observations(), data.actions());
              if (selection().isEmpty()) {
                throw new RetortException(
                    "loss: expected a view of the observation itself for %s, got %s."
                        .formatted(term, view()));
              }
            });
  }

  /**
   * Rows of an update that a network computes: those of the minibatch, and the transformed ones.
   */
  int rows() {
    return how.batch(data.size()) * (loss().consistency().isPresent() ? 2 : 1);
  }

  /** Whether a device knows how to compute it. */
  boolean isOnDevice() {
    return how.into().perceptron().isPresent()
        && loss().consistency().isEmpty()
        && !how.centered()
        && selection().isPresent()
        && Objective.isOnDevice(loss(), data);
  }

  /** Refuses what no device computes. */
  void requireOnDevice() {
    if (!isOnDevice()) {
      throw new RetortException(
          "learn on a device: expected perceptrons, not centered, that see numbers of one observation and minimize one distance such as kl() or mse(), got %s%s with the view '%s' and the loss '%s' (dataset '%s'). The CPU computes all of them: do without --gpu."
              .formatted(
                  how.into(), how.centered() ? ", centered" : "", view(), loss(), data.name()));
    }
  }
}
