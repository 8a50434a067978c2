package dev.retort.plan;

import com.google.gson.JsonObject;
import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.run.Run;
import dev.retort.run.RunFolder;
import dev.retort.run.Runs;
import dev.retort.store.Tensors;

/** Builds a plan again from the folder of its run. */
public final class Resuming {
  private Resuming() {}

  /** The plan that a run carries. */
  public static Plan<?> plan(int id) {
    RunFolder folder = Runs.open(id);
    JsonObject spec = folder.spec();
    Tensors inputs = folder.inputs();
    if (inputs.metadata().containsKey("code")) {
      throw new RetortException(
          "resume run %s: expected a policy of numbers, got '%s', which is code. Start the plan again."
              .formatted(id, inputs.described("code")));
    }
    try {
      return read(folder, spec, inputs);
    } catch (UnknownNameException e) {
      throw new RetortException(
          "resume run %s: %s. If it is one of your own, register(..) it and resume again."
              .formatted(id, e.getMessage()),
          e);
    }
  }

  private static Plan<?> read(RunFolder folder, JsonObject spec, Tensors inputs) {
    return switch (folder.kind()) {
      case "train" -> Training.read(spec, inputs);
      case "collect" -> Collecting.read(spec, inputs);
      case "distill" -> Distilling.read(spec, inputs);
      case "evaluate" -> Evaluating.read(spec, inputs);
      case "extract" -> Extracting.read(spec, inputs);
      default ->
          throw new RetortException(
              "resume run %s: expected train, collect, distill, evaluate or extract, got '%s'."
                  .formatted(folder.id(), folder.kind()));
    };
  }

  /** Goes on with a run in the background. */
  public static Run<?> start(int id) {
    return resume(id, plan(id));
  }

  private static <R> Run<R> resume(int id, Plan<R> plan) {
    return Runs.resume(id, plan.job(), Plan.options());
  }
}
