package dev.retort.env;

import dev.retort.RetortException;
import dev.retort.random.RandomStream;
import dev.retort.space.Difference;
import dev.retort.space.Discrete;
import dev.retort.space.Space;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * One run of {@link EnvContract#check}: definitions first, then episodes of every kind of action,
 * then all of them again backwards, then on several threads at once, then in a longer array, then
 * contexts, splits, drawing and parameters.
 */
final class EnvInspection {
  private static final int RANDOM_EPISODES = 6;
  private static final int MOST_CHOICES = 32;
  private static final int MOST_STEPS = 200;
  private static final int MOST_MOMENTS = 1000;
  private static final int MOMENTS_AN_EPISODE = 32;
  private static final int CONTEXTS = 8;
  private static final String REPLAY = "replay";
  private static final String AT_ONCE = "at once";
  private static final int NEIGHBOURS = 2;
  private static final double NEIGHBOUR = 0.25;
  private static final int NEIGHBOUR_STEPS = 8;
  private static final int NO_STEP = EnvContract.Finding.NO_STEP;

  /** What reset and observe find in the arrays that they are to fill: two contents, two calls. */
  private static final double[] OLD_CONTENT = {Double.NaN, 1.0e30};

  private final Env env;
  private final long seed;
  private final Map<String, EnvContract.Finding> findings = new LinkedHashMap<>();
  private final List<Moment> moments = new ArrayList<>();
  private String name = "environment";
  private Space seen = new Discrete(1);
  private Space done = new Discrete(1);
  private int episodes;
  private long steps;
  private String doing = "definition";
  private int step = NO_STEP;

  EnvInspection(Env env, long seed) {
    this.env = env;
    this.seed = seed;
  }

  EnvContract inspect() {
    guarded(this::definition);
    if (findings.isEmpty()) {
      guarded(this::episodes);
      guarded(this::replay);
      guarded(this::atOnce);
      guarded(this::neighbors);
      guarded(this::contexts);
      guarded(this::splits);
      guarded(this::parameters);
    }
    return new EnvContract(name, seed, episodes, steps, List.copyOf(findings.values()));
  }

  private void guarded(Runnable part) {
    try {
      part.run();
    } catch (RuntimeException | StackOverflowError | AssertionError | LinkageError e) {
      String message = e.getMessage() == null ? "" : ": " + e.getMessage();
      find("the call", "to return", e.getClass().getSimpleName() + message);
    }
  }

  /** Notes a breach unless one that differs from it by numbers only is noted already. */
  private void find(String quantity, String expected, Object got) {
    EnvContract.Finding finding =
        new EnvContract.Finding(doing, step, quantity, expected, String.valueOf(got));
    boolean echo =
        (doing.equals(REPLAY) || doing.equals(AT_ONCE))
            && findings.values().stream()
                .anyMatch(known -> bare(known.quantity()).equals(bare(quantity)));
    if (!echo) {
      findings.putIfAbsent(bare(doing + " " + quantity + " " + expected), finding);
    }
  }

  private static String bare(String text) {
    return text.replaceAll("-?\\d[\\d.E-]*|true|false", "#");
  }

  private void at(String now, int when) {
    doing = now;
    step = when;
  }

  // ---- definitions

  private void definition() {
    require("name", "to be a text", env.name() != null, "null");
    name = Objects.requireNonNullElse(env.name(), "environment");
    require("name", "not to be blank", !name.isBlank(), "a blank one");
    require("observations", "to be a space", env.observations() != null, "null");
    require("actions", "to be a space", env.actions() != null, "null");
    if (env.observations() == null || env.actions() == null) {
      return;
    }
    seen = env.observations();
    done = env.actions();
    Difference.of(seen, env.observations())
        .ifPresent(other -> find("observations", "to stay " + other.expected(), other.got()));
    Difference.of(done, env.actions())
        .ifPresent(other -> find("actions", "to stay " + other.expected(), other.got()));
    require("horizon", "to be at least 1", env.horizon() >= 1, env.horizon());
    require("stateSize", "to be at least 1", env.stateSize() >= 1, env.stateSize());
    int most = Definition.LARGEST_STATE;
    require("stateSize", "to be at most " + most, env.stateSize() <= most, env.stateSize());
    require("contexts", "to be at least 1", env.contexts() >= 1, env.contexts());
    boolean drawable = env.aspect() > 0 && Double.isFinite(env.aspect());
    require("aspect", "to be positive", drawable, env.aspect());
  }

  private void require(String quantity, String expected, boolean kept, Object got) {
    if (!kept) {
      find(quantity, expected, got);
    }
  }

  // ---- episodes

  private void episodes() {
    for (int i = 0; i < RANDOM_EPISODES; i++) {
      episode(ProbeActions.SAMPLED, 0);
    }
    if (done instanceof Discrete choices) {
      for (int choice = 0; choice < Math.min(choices.n(), MOST_CHOICES); choice++) {
        episode(ProbeActions.CONSTANT, choice);
      }
    } else {
      for (ProbeActions kind : ProbeActions.values()) {
        if (kind != ProbeActions.CONSTANT) {
          episode(kind, 0);
        }
      }
    }
  }

  private void episode(ProbeActions kind, int choice) {
    int number = episodes++;
    RandomStream chance = RandomStream.of(seed, "contract", number);
    RandomStream probe = RandomStream.of(seed, "contract actions", number);
    double[] state = begin(number);
    at("terminated", 0);
    require("terminated", "to be false in the beginning", !env.terminated(state), true);
    observe(state, 0);
    draw(state, 0);
    for (int t = 1; t <= Math.min(env.horizon(), MOST_STEPS); t++) {
      float[] action = new float[done.size()];
      kind.choose(done, choice, probe, action);
      if (take(state, action, chance, t)) {
        break;
      }
    }
    draw(state, step);
  }

  private double[] begin(int number) {
    at("reset", 0);
    return twice(state -> env.reset(state, RandomStream.of(seed, "contract reset", number)));
  }

  @FunctionalInterface
  private interface Beginning {
    void write(double[] state);
  }

  /** Begins over two different old contents, and compares. */
  private double[] twice(Beginning beginning) {
    double[] state = new double[env.stateSize()];
    double[] again = new double[env.stateSize()];
    Arrays.fill(state, OLD_CONTENT[0]);
    Arrays.fill(again, OLD_CONTENT[1]);
    beginning.write(state);
    beginning.write(again);
    for (int i = 0; i < state.length; i++) {
      boolean untouched = Double.isNaN(state[i]) && again[i] == OLD_CONTENT[1];
      filled("state", i, state[i], again[i], untouched);
    }
    return state;
  }

  private void filled(String array, int i, double value, double again, boolean untouched) {
    if (untouched) {
      find(array + "[" + i + "]", "to be written", "its old content");
    } else if (!Double.isFinite(value)) {
      find(array + "[" + i + "]", "to be finite", value);
    } else {
      same(array, i, value, again, "for the same input");
    }
  }

  private void same(String array, int i, double expected, double got, String reason) {
    if (Double.compare(expected, got) != 0) {
      find(array + "[" + i + "]", "to stay " + expected + " " + reason, got);
    }
  }

  private void same(String quantity, double expected, double got, String reason) {
    if (Double.compare(expected, got) != 0) {
      find(quantity, "to stay " + expected + " " + reason, got);
    }
  }

  /** Takes a step twice; whether the episode is over. */
  private boolean take(double[] state, float[] action, RandomStream chance, int t) {
    at("step", t);
    steps++;
    double[] before = state.clone();
    float[] asked = action.clone();
    long stream = chance.state();
    double reward = env.step(state, action, chance);
    for (int i = 0; i < action.length; i++) {
      same("action", i, asked[i], action[i], "after the step");
    }
    require("reward", "to be finite", Double.isFinite(reward), reward);
    for (int i = 0; i < state.length; i++) {
      if (!Double.isFinite(state[i])) {
        find("state[" + i + "]", "to be finite", state[i]);
      }
    }
    double[] again = before.clone();
    double rewardAgain = env.step(again, asked.clone(), RandomStream.at(stream));
    same("reward", reward, rewardAgain, "for the same input");
    compare("state", state, again, "for the same input");
    outcomes(before, asked, state, reward);
    float[] observation = observe(state, t);
    at("terminated", t);
    double[] kept = state.clone();
    boolean over = env.terminated(state);
    compare("state", kept, state, "when asked");
    require("terminated", "to stay " + over, env.terminated(state) == over, !over);
    if (t <= MOMENTS_AN_EPISODE && moments.size() < MOST_MOMENTS) {
      moments.add(new Moment(t, before, asked, stream, kept, reward, over, observation));
    }
    return over;
  }

  /** What a step drew is one of the ways in which the environment says that it may turn out. */
  private void outcomes(double[] before, float[] action, double[] after, double reward) {
    if (!(done instanceof Discrete) || env.beginnings(0).isEmpty()) {
      return;
    }
    at("outcomes", step);
    amongOutcomes("outcomes'", env.outcomes(before, (int) action[0]), after, reward);
    at("step", step);
  }

  private void amongOutcomes(String whose, List<Outcome> outcomes, double[] state, double reward) {
    double sum = outcomes.stream().mapToDouble(Outcome::probability).sum();
    require(whose + " probabilities", "to sum to 1", Math.abs(sum - 1) < 1e-9, sum);
    boolean among =
        outcomes.stream()
            .anyMatch(
                each ->
                    each.reward() == reward
                        && each.probability() > 0
                        && Arrays.equals(each.state(), state));
    String drawn = "%s with reward %s".formatted(Arrays.toString(state), reward);
    require("one of the outcomes", "to be what was drawn", among, drawn);
  }

  private void compare(String array, double[] expected, double[] got, String reason) {
    for (int i = 0; i < expected.length; i++) {
      same(array, i, expected[i], got[i], reason);
    }
  }

  /** Observes over two different old contents, and looks at every number. */
  private float[] observe(double[] state, int t) {
    at("observe", t);
    double[] kept = state.clone();
    float[] observation = new float[seen.size()];
    float[] again = new float[observation.length];
    Arrays.fill(observation, (float) OLD_CONTENT[0]);
    Arrays.fill(again, (float) OLD_CONTENT[1]);
    env.observe(state, observation);
    env.observe(state, again);
    compare("state", kept, state, "when observed");
    for (int i = 0; i < observation.length; i++) {
      boolean untouched = Float.isNaN(observation[i]) && again[i] == (float) OLD_CONTENT[1];
      filled("observation", i, observation[i], again[i], untouched);
    }
    ProbeActions.outside(seen, observation, 0)
        .ifPresent(
            outside ->
                find(
                    "observation[" + outside.index() + "]",
                    "to be " + outside.bounds(),
                    observation[outside.index()]));
    return observation;
  }

  private void draw(double[] state, int t) {
    at("draw", t);
    double[] kept = state.clone();
    BufferedImage image = new BufferedImage(96, 64, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = image.createGraphics();
    try {
      env.draw(state, canvas, image.getWidth(), image.getHeight());
    } finally {
      canvas.dispose();
    }
    compare("state", kept, state, "when drawn");
  }

  // ---- what is remembered outside of the state shows when time runs backwards

  private void replay() {
    for (int i = moments.size() - 1; i >= 0; i--) {
      Moment moment = moments.get(i);
      at(REPLAY, moment.step());
      compare(moment, moment.again(env), "when replayed");
    }
  }

  private void compare(Moment moment, Moment again, String reason) {
    same("reward", moment.reward(), again.reward(), reason);
    compare("state", moment.after(), again.after(), reason);
    boolean over = moment.terminated();
    require("terminated", "to stay " + over, again.terminated() == over, again.terminated());
    for (int j = 0; j < moment.observation().length; j++) {
      same("observation", j, moment.observation()[j], again.observation()[j], reason);
    }
  }

  // ---- what steps work in outside of the state shows when others work in it too

  private void atOnce() {
    at(AT_ONCE, NO_STEP);
    for (Moment.Pair pair : Moment.atOnce(moments, env)) {
      at(AT_ONCE, pair.expected().step());
      compare(pair.expected(), pair.got(), "on several threads at once");
    }
  }

  // ---- what lies beyond the state belongs to whoever wraps the environment

  private void neighbors() {
    double[] own = new double[env.stateSize()];
    double[] wide = new double[own.length + NEIGHBOURS];
    at("a longer array", 0);
    env.reset(own, RandomStream.of(seed, "contract reset"));
    beside(wide, state -> env.reset(state, RandomStream.of(seed, "contract reset")));
    compare("state", own, wide, "whatever lies behind");
    RandomStream probe = RandomStream.of(seed, "contract actions");
    for (int t = 1; t <= Math.min(env.horizon(), NEIGHBOUR_STEPS); t++) {
      at("a longer array", t);
      RandomStream chance = RandomStream.of(seed, "contract", t);
      float[] action = new float[done.size()];
      done.sample(probe, action, 0);
      float[] again = action.clone();
      env.step(own, action, RandomStream.at(chance.state()));
      beside(wide, state -> env.step(state, again, chance));
      compare("state", own, wide, "whatever lies behind");
      if (env.terminated(own)) {
        break;
      }
    }
  }

  private void beside(double[] wide, Beginning change) {
    int size = wide.length - NEIGHBOURS;
    Arrays.fill(wide, size, wide.length, NEIGHBOUR);
    change.write(wide);
    for (int i = size; i < wide.length; i++) {
      same("state", i, NEIGHBOUR, wide[i], "beyond stateSize()");
    }
  }

  // ---- families

  private double[] begin(Env family, int context) {
    return twice(state -> family.reset(context, state, RandomStream.of(seed, "contract context")));
  }

  private void contexts() {
    int last = env.contexts() - 1;
    double[] first = new double[0];
    boolean differ = last == 0;
    for (int context = 0; context <= Math.min(last, CONTEXTS); context++) {
      at("context " + context, 0);
      double[] state = begin(env, context);
      beginnings(context, state);
      first = context == 0 ? state : first;
      differ |= !Arrays.equals(first, state);
    }
    at("context " + last, 0);
    differ |= !Arrays.equals(first, begin(env, last));
    at("contexts", NO_STEP);
    require("their initial states", "to differ", differ, "the same in all that were tried");
  }

  private void beginnings(int context, double[] state) {
    List<Outcome> beginnings = env.beginnings(context);
    if (!beginnings.isEmpty()) {
      amongOutcomes("beginnings'", beginnings, state, 0);
    }
  }

  private void splits() {
    if (env.contexts() == 1) {
      return;
    }
    for (int count = CONTEXTS; count >= 1; count /= 2) {
      at("splits", NO_STEP);
      Map<Split, Env> parts = new LinkedHashMap<>();
      try {
        for (Split split : Split.values()) {
          parts.put(split, env.split(split, count));
        }
      } catch (RetortException tooMany) {
        continue;
      }
      splits(parts, count);
      return;
    }
  }

  private void splits(Map<Split, Env> parts, int count) {
    Map<String, String> owners = new LinkedHashMap<>();
    parts.forEach(
        (split, part) -> {
          at("splits", NO_STEP);
          String word = split.name().toLowerCase(Locale.ROOT);
          if (part.contexts() != count) {
            find(word + "(" + count + ")", "to have " + count + " contexts", part.contexts());
            return;
          }
          for (int context = 0; context < count; context++) {
            double[] state = begin(part, context);
            String owner = owners.putIfAbsent(Arrays.toString(state), word);
            if (owner != null && !owner.equals(word)) {
              find(owner + " and " + word, "to share no context", word + " context " + context);
            }
          }
          double[] alone = begin(env.split(split, 1), 0);
          boolean prefix = Arrays.equals(alone, begin(part, 0));
          require(word + "(1)", "to begin " + word + "(" + count + ")", prefix, "another context");
        });
  }

  // ---- parameters

  private void parameters() {
    at("parameters", NO_STEP);
    Map<String, Double> parameters = env.parameters();
    parameters.forEach(
        (name, value) -> {
          Map<String, Double> same = env.with(name, value).parameters();
          require(name, "to stay " + parameters, Objects.equals(parameters, same), same);
        });
    String unknown = "no such parameter";
    try {
      env.with(unknown, 0);
      find("'" + unknown + "'", "to be refused", "an environment");
    } catch (RetortException refused) {
      return;
    }
  }
}
