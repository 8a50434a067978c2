package dev.retort.distill;

import dev.retort.data.View;
import dev.retort.loss.Kl;
import dev.retort.nn.Architecture;
import dev.retort.nn.Mlp;
import dev.retort.option.Option;
import dev.retort.option.Schedule;
import dev.retort.option.Schema;
import dev.retort.option.Settings;

/** How a population learns from the rows of a dataset: the settings of distillation and of fit. */
public sealed interface Supervised permits Distillation, Regression {
  /** Whether members see minibatches in an order of their own. */
  enum Order {
    /** Each member its own. */
    INDEPENDENT,
    /** One order for all. */
    SHARED
  }

  // spotless:off
  /** What can be set of both. */
  Schema SHARED = new Schema("supervised");

  Option<Architecture> INTO          = SHARED.option("into", Architecture.type(), Mlp.of(64, 64)).says("network of each student");
  Option<Integer>      MEMBERS       = SHARED.whole("members", 10).from(1).in("students").says("size of the ensemble");
  Option<Loss>         MINIMIZING    = SHARED.option("minimizing", Loss.type(), Loss.of(new Kl(1))).formerly("loss").says("loss of a student against its teacher; mse for continuous actions");
  Option<Integer>      EPOCHS        = SHARED.whole("epochs", 30).from(1).says("passes over the dataset");
  Option<Integer>      BATCH_SIZE    = SHARED.whole("batch-size", 256).from(1).in("steps").formerly("batch").says("size of a minibatch");
  Option<Schedule>     LEARNING_RATE = SHARED.schedule("learning-rate", 0.001).says("step size of Adam");
  Option<Order>        ORDER         = SHARED.choice("order", Order.INDEPENDENT).says("whose order of minibatches");

  /** All settings. */
  Settings settings();

  /** Network of each member. */
  default Architecture into() { return settings().get(INTO); }

  /** How many networks learn. */
  default int members() { return settings().get(MEMBERS); }

  /** What of a row they see. */
  View seeing();

  /** What they minimize. */
  default Loss minimizing() { return settings().get(MINIMIZING); }

  /** Passes over the dataset. */
  default int epochs() { return settings().get(EPOCHS); }

  /** Size of a minibatch, in steps. */
  default int batchSize() { return settings().get(BATCH_SIZE); }

  /** Step size of Adam, constant or over training. */
  default Schedule learningRate() { return settings().get(LEARNING_RATE); }

  /** Whose order of minibatches. */
  default Order order() { return settings().get(ORDER); }

  /** Whether they subtract what they gave before they learned. */
  default boolean centered() { return false; }
  // spotless:on

  /** Rows of a minibatch from a dataset of {@code size} steps. */
  default int batch(int size) {
    return Math.min(batchSize(), size);
  }

  /** How many minibatches an epoch of a dataset of {@code size} steps has. */
  default int batches(int size) {
    return (size + batch(size) - 1) / batch(size);
  }

  /** How many updates a dataset of {@code size} steps takes. */
  default long updates(int size) {
    return (long) epochs() * batches(size);
  }
}
