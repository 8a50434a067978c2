package dev.retort.env;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.random.RandomStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How closely an environment follows the published one of its name, step by step.
 *
 * <p>The comparison is teacher-forced: from each recorded state the recorded action is taken, and
 * the next state, observation, reward and termination are compared with the recorded ones. Nothing
 * is carried from one step to the next, so chaos cannot hide an error, nor make one.
 *
 * <pre>{@code
 * for (Conformance result : Conformance.replay(directory)) {
 *   result.passed();
 * }
 * }</pre>
 *
 * @param environment the published name, such as {@code CartPole-v1}
 * @param available whether there is such an environment here; where not, nothing was compared
 * @param steps how many steps were compared
 * @param largestStateError the largest absolute difference of any number of any next state
 * @param observationMismatches how many observations differ in any bit of their 32
 * @param rewardMismatches how many rewards differ by more than the tolerance
 * @param terminationMismatches how many steps differ in whether the task is over
 */
public record Conformance(
    String environment,
    boolean available,
    long steps,
    double largestStateError,
    long observationMismatches,
    long rewardMismatches,
    long terminationMismatches) {
  /** The largest difference of one step that rounding explains. */
  public static final double TOLERANCE = 1e-14;

  /**
   * Replays every {@code *.json} file of a directory, in the order of their names.
   *
   * @param directory files such as {@code CartPole-v1.json}, each named after its environment
   */
  public static List<Conformance> replay(Path directory) {
    List<Path> files;
    try (Stream<Path> entries = Files.list(directory)) {
      files = entries.filter(path -> path.toString().endsWith(".json")).sorted().toList();
    } catch (IOException e) {
      throw new RetortException(
          "conformance: expected a directory of reference trajectories, got '%s' (%s)."
              .formatted(directory, e.getMessage()),
          e);
    }
    List<Conformance> results = new ArrayList<>();
    for (Path file : files) {
      String name = file.getFileName().toString().replace(".json", "");
      results.add(
          known(name)
              .map(env -> replay(name, env, file))
              .orElseGet(() -> new Conformance(name, false, 0, 0, 0, 0, 0)));
    }
    return results;
  }

  private static Optional<Env> known(String name) {
    try {
      return Optional.of(Environments.get(name));
    } catch (UnknownNameException unknown) {
      return Optional.empty();
    }
  }

  /**
   * Replays one file against one environment.
   *
   * @param name the name to report
   * @param env what is to conform
   * @param file its reference trajectories
   */
  public static Conformance replay(String name, Env env, Path file) {
    try {
      JsonObject root =
          JsonParser.parseString(Files.readString(file, StandardCharsets.UTF_8)).getAsJsonObject();
      Replay replay = new Replay(env);
      for (JsonElement trajectory : root.getAsJsonArray("trajectories")) {
        replay.compare(trajectory.getAsJsonObject());
      }
      return new Conformance(
          name,
          true,
          replay.steps,
          replay.stateError,
          replay.observations,
          replay.rewards,
          replay.terminations);
    } catch (IOException
        | JsonParseException
        | IllegalStateException
        | NullPointerException
        | IndexOutOfBoundsException
        | NumberFormatException e) {
      throw new RetortException(
          "conformance: expected reference trajectories of %s, got something else in '%s' (%s)."
              .formatted(name, file, e.getMessage()),
          e);
    }
  }

  /** Whether nothing differs beyond rounding; never where the environment is not available. */
  public boolean passed() {
    return available
        && steps > 0
        && largestStateError <= TOLERANCE
        && observationMismatches == 0
        && rewardMismatches == 0
        && terminationMismatches == 0;
  }

  /** Whether every float32 observation equals the recorded one. */
  public boolean observationsExact() {
    return available && observationMismatches == 0;
  }

  /** The result as one line of JSON. */
  public String toJsonLine() {
    JsonObject line = new JsonObject();
    line.addProperty("environment", environment);
    line.addProperty("status", !available ? "not available" : passed() ? "pass" : "fail");
    if (available) {
      line.addProperty("steps", steps);
      line.addProperty("largestStateError", largestStateError);
      line.addProperty("tolerance", TOLERANCE);
      line.addProperty("observationsExact", observationsExact());
      line.addProperty("observationMismatches", observationMismatches);
      line.addProperty("rewardMismatches", rewardMismatches);
      line.addProperty("terminationMismatches", terminationMismatches);
    }
    return new Gson().toJson(line);
  }

  @Override
  public String toString() {
    if (!available) {
      return environment + ": not available";
    }
    return String.format(
        Locale.ROOT,
        "%s: %s (%d steps, state within %.1e)%s",
        environment,
        passed() ? "conforms" : "differs",
        steps,
        largestStateError,
        passed()
            ? ""
            : "\n  mismatches: %s observations, %s rewards, %s terminations"
                .formatted(observationMismatches, rewardMismatches, terminationMismatches));
  }

  /** Counts the differences while one file is replayed. */
  private static final class Replay {
    private final Env env;
    private final RandomStream random = RandomStream.of(0, "conformance");
    private long steps;
    private double stateError;
    private long observations;
    private long rewards;
    private long terminations;

    Replay(Env env) {
      this.env = env;
    }

    void compare(JsonObject trajectory) {
      JsonArray states = trajectory.getAsJsonArray("state");
      JsonArray seen = trajectory.getAsJsonArray("obs");
      double[] state = doubles(trajectory.get("initial_state"));
      if (state.length != env.stateSize()) {
        throw new RetortException(
            "conformance: expected a state of %s numbers (%s), got %s."
                .formatted(env.stateSize(), env.name(), state.length));
      }
      compareObservation(state, trajectory.get("initial_obs"));
      for (int t = 0; t < states.size(); t++) {
        float[] action = floats(trajectory.getAsJsonArray("actions").get(t));
        double reward = env.step(state, action, random);
        double[] expected = doubles(states.get(t));
        for (int i = 0; i < expected.length; i++) {
          double error = Math.abs(state[i] - expected[i]);
          stateError = Math.max(stateError, Double.isNaN(error) ? Double.POSITIVE_INFINITY : error);
        }
        compareObservation(state, seen.get(t));
        double expectedReward = trajectory.getAsJsonArray("reward").get(t).getAsDouble();
        if (!(Math.abs(reward - expectedReward) <= TOLERANCE)) {
          rewards++;
        }
        boolean over = trajectory.getAsJsonArray("terminated").get(t).getAsInt() != 0;
        if (env.terminated(state) != over) {
          terminations++;
        }
        steps++;
        state = expected;
      }
    }

    private void compareObservation(double[] state, JsonElement expected) {
      float[] observation = new float[env.observations().size()];
      env.observe(state, observation);
      if (!Arrays.equals(observation, floats(expected))) {
        observations++;
      }
    }

    private static double[] doubles(JsonElement numbers) {
      JsonArray array = numbers.getAsJsonArray();
      double[] values = new double[array.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = array.get(i).getAsDouble();
      }
      return values;
    }

    /** One number or several; an action of one number is recorded without brackets. */
    private static float[] floats(JsonElement numbers) {
      if (!numbers.isJsonArray()) {
        return new float[] {numbers.getAsFloat()};
      }
      double[] wide = doubles(numbers);
      float[] values = new float[wide.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) wide[i];
      }
      return values;
    }
  }
}
