package dev.retort.run;

import com.google.gson.JsonObject;
import dev.retort.RetortException;
import dev.retort.store.Tensors;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What {@code checkpoint-<step>.safetensors} holds: a job's state, and the curve up to there.
 *
 * @param step how many steps are done
 * @param curve the rows so far, {@code (rows, columns)}
 * @param state what the job said that there is to know
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Checkpoint(long step, double[] curve, Tensors state) {
  private static final String STATE = "state";
  private static final String STEP = "run.step";
  private static final String CURVE = "run.curve";
  private static final String SPEC = "run.spec";
  private static final String FACTS = "run.facts";

  Tensors tensors(RunSpec spec) {
    int columns = spec.columns().size() + 2;
    Tensors tensors =
        new Tensors()
            .describe(SPEC, spec.hash())
            .describe(FACTS, spec.facts().toString())
            .put(STEP, new long[] {step})
            .put(CURVE, curve, curve.length / columns, columns)
            .putAll(STATE, state);
    state.metadata().forEach((key, value) -> tensors.describe(STATE + "." + key, value));
    return tensors;
  }

  /** Whether there is nothing in it to go on from, as where kinds of work used to begin anew. */
  boolean isWithoutState() {
    return state.all().isEmpty() && state.metadata().isEmpty();
  }

  static Checkpoint of(Path file, Tensors tensors, RunSpec spec) {
    if (!tensors.described(SPEC).equals(spec.hash())) {
      throw new RetortException(
          "read '%s': expected a checkpoint of this run, got one of another spec. Put the right file there."
              .formatted(file));
    }
    Tensors state = tensors.part(STATE);
    tensors
        .metadata()
        .forEach(
            (key, value) -> {
              if (key.startsWith(STATE + ".")) {
                state.describe(key.substring(STATE.length() + 1), value);
              }
            });
    long[] step = tensors.longs(STEP);
    double[] curve = tensors.doubles(CURVE);
    if (step.length != 1
        || step[0] != RunFolder.step(file)
        || curve.length % (spec.columns().size() + 2) != 0) {
      throw new RetortException(
          "read '%s': expected the checkpoint that its name says, got one of step %s with %s numbers of a curve. Put the right file there."
              .formatted(file, Arrays.toString(step), curve.length));
    }
    return new Checkpoint(step[0], curve, state);
  }

  /** The facts that a checkpoint was written under. */
  static JsonObject facts(Tensors tensors) {
    try {
      return Json.parse(tensors.described(FACTS));
    } catch (java.io.IOException e) {
      throw new IllegalStateException("a checkpoint that was checked", e);
    }
  }
}
