package dev.retort.run;

import com.google.gson.JsonObject;
import dev.retort.RetortException;
import dev.retort.store.Tensors;
import java.nio.file.Path;

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
    return new Checkpoint(tensors.longs(STEP)[0], tensors.doubles(CURVE), state);
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
