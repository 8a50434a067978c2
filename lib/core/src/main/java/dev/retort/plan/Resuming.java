package dev.retort.plan;

import com.google.gson.JsonObject;
import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.env.Env;
import dev.retort.run.Run;
import dev.retort.run.RunFolder;
import dev.retort.run.RunOptions;
import dev.retort.run.Runs;
import dev.retort.store.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Builds a plan again from the folder of its run. */
public final class Resuming {
  private Resuming() {}

  /**
   * The plan that a run carries.
   *
   * @throws RetortException if its environment is not known, or is not the one that it was
   */
  public static Plan<?> plan(int id) {
    try {
      RunFolder folder = Runs.open(id);
      return read(folder, spec -> OwnCode.require(id, spec), EnvText::read);
    } catch (OtherOfItsName e) {
      throw new RetortException(
          "%s%s register(..) that one and resume again, or go on in the one that is known now, as a new run, with resumeAnyway(%s)."
              .formatted(
                  e.getMessage()
                      .replaceFirst("^resume:", "resume run %s:".formatted(id))
                      .replace(OtherOfItsName.ADVICE, ""),
                  compiler(Runs.open(id).facts()),
                  id),
          e);
    }
  }

  /** That another compiler may have written other code for the same text. */
  private static String compiler(JsonObject facts) {
    String now = String.valueOf(Runtime.version().feature());
    String then = facts.has(Plan.JAVA) ? facts.get(Plan.JAVA).getAsString() : now;
    return then.equals(now)
        ? ""
        : " (The run began under Java %s, this is Java %s: another compiler can be all that differs.)"
            .formatted(then, now);
  }

  /**
   * Builds the plan again.
   *
   * @param check refuses what is not as it was
   */
  private static Plan<?> read(
      RunFolder folder, Consumer<JsonObject> check, Function<JsonObject, Env> envs) {
    JsonObject spec = folder.spec();
    Tensors inputs = folder.inputs();
    if (inputs.metadata().containsKey(Resumption.CODE)) {
      throw new RetortException(
          "resume run %s: expected %s, got '%s', which is code. Start the plan again."
              .formatted(
                  folder.id(),
                  folder.kind().equals("fit")
                      ? "a view that can be written"
                      : "a policy of numbers",
                  inputs.described(Resumption.CODE)));
    }
    try {
      return folder.understood(
          () -> {
            check.accept(spec);
            return of(folder, spec, inputs, envs);
          });
    } catch (UnknownNameException e) {
      throw new RetortException(
          "resume run %s: %s. If it is one of your own, register(..) it and resume again."
              .formatted(folder.id(), e.getMessage()),
          e);
    }
  }

  private static Plan<?> of(
      RunFolder folder, JsonObject spec, Tensors inputs, Function<JsonObject, Env> envs) {
    return switch (folder.kind()) {
      case "train" -> Training.read(spec, inputs, envs);
      case "collect" -> Collecting.read(spec, inputs, envs);
      case "distill" -> Distilling.read(spec, inputs);
      case "fit" -> Fitting.read(spec, inputs);
      case "dagger" -> Aggregating.read(spec, inputs, envs);
      case "evaluate" -> Evaluating.read(spec, inputs, envs);
      case "extract" -> Extracting.read(spec, inputs, envs);
      default ->
          throw new RetortException(
              "resume run %s: expected train, collect, distill, fit, dagger, evaluate or extract, got '%s'."
                  .formatted(folder.id(), folder.kind()));
    };
  }

  /** Goes on with a run in the background. */
  public static Run<?> start(int id) {
    return resume(id, plan(id));
  }

  private static <R> Run<R> resume(int id, Plan<R> plan) {
    JsonObject stored = Runs.open(id).spec();
    RunOptions options = Plan.options();
    for (JsonObject json : Resumption.environments(stored).toList()) {
      Optional<String> uncompared = EnvText.uncompared(json, EnvText.find(json));
      options = uncompared.isPresent() ? options.noting(uncompared.get()) : options;
    }
    return Runs.resume(id, Resumption.of(plan.job(), stored), options);
  }

  /**
   * Goes on from where a run stopped in the environment, and by the code, that is known by its name
   * now, whatever has changed, in the background: as a new run, since it is one of neither.
   */
  public static Run<?> startAnyway(int id) {
    return branch(id, read(Runs.open(id), spec -> {}, EnvText::find));
  }

  private static <R> Run<R> branch(int id, Plan<R> plan) {
    JsonObject stored = Runs.open(id).spec();
    List<String> differences = new ArrayList<>();
    Resumption.environments(stored)
        .forEach(
            json -> {
              Env env = EnvText.find(json);
              EnvText.requireFit(id, json, env);
              EnvText.difference(json, env)
                  .ifPresent(each -> differences.add("'%s', %s".formatted(env.name(), each)));
            });
    List<String> code = OwnCode.differences(id, stored);
    String where = differences.isEmpty() ? "" : " in environment " + join(differences);
    String how = code.isEmpty() ? "" : " by " + join(code);
    RunOptions options =
        Plan.options()
            .noting(
                "goes on from run %s%s"
                    .formatted(
                        id, (where + how).isEmpty() ? " in the same environment" : where + how));
    differences.addAll(code);
    return Runs.branch(id, Resumption.anyway(plan.job(), id, differences), options);
  }

  private static String join(List<String> differences) {
    return String.join(" and ", differences);
  }
}
