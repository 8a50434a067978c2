package dev.retort.exchange.tensorboard;

import dev.retort.run.Curve;
import dev.retort.run.LogFormat;
import dev.retort.run.RunFolder;
import dev.retort.run.RunLog;
import dev.retort.store.Tensors;
import java.util.Optional;

/**
 * Event files in the folder {@code tensorboard} of a run's own folder:
 *
 * <pre>{@code
 * logging("tensorboard");
 * train(ppo()).on(env("CartPole")).seeds(3).run();    // then: tensorboard --logdir runs
 * }</pre>
 */
public final class TensorBoardFormat implements LogFormat {
  @Override
  public String name() {
    return "tensorboard";
  }

  @Override
  public RunLog open(RunFolder folder, long step, Curve curve, Optional<Tensors> state) {
    TensorBoardLog log =
        new TensorBoardLog(
            folder.path().resolve(name()), HyperParameters.of(folder.id(), folder.spec()));
    log.resume(step, curve);
    state.ifPresent(from -> log.save(step, curve, from));
    return log;
  }
}
