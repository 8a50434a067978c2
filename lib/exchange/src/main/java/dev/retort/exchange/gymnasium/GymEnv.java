package dev.retort.exchange.gymnasium;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.env.Parameters;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Group;
import dev.retort.space.Space;
import dev.retort.space.SpaceText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An environment of Gymnasium as a function of its state, which is its seed and the actions since:
 *
 * <pre>
 * seed        drawn from the stream as the episode begins, 0 to 2³¹ − 1
 * steps       taken since
 * terminated  0 or 1
 * place       a mark of seed and actions, by which a copy is found that stands there
 * observation that was given last
 * actions     (horizon, size of an action), zeros for those not taken yet
 * </pre>
 *
 * <p>All chance of an episode is drawn in Python, from that seed. Numbers of actions are kept
 * within their bounds before they are passed on, as a policy's own need not be.
 */
public final class GymEnv implements Env {
  private static final int SEED = 0;
  private static final int STEPS = 1;
  private static final int TERMINATED = 2;
  private static final int PLACE = 3;
  private static final int HEAD = 4;
  private static final String HORIZON = "horizon";

  /** Marks are whole numbers that a double holds. */
  private static final long MARK = (1L << 52) - 1;

  private static final Map<GymName, GymEnv> MADE = new ConcurrentHashMap<>();

  private final GymName name;
  private final Space observations;
  private final Space actions;
  private final int horizon;
  private final OptionalDouble threshold;
  private final GymCopies copies;

  private GymEnv(GymName name, GymCopies copies) {
    JsonObject said = JsonParser.parseString(copies.words()).getAsJsonObject();
    this.name = name;
    this.copies = copies;
    this.observations = SpaceText.read(said.get("observations").toString());
    this.actions = SpaceText.read(said.get("actions").toString());
    this.horizon = said.get(HORIZON).getAsInt();
    this.threshold =
        said.get("threshold").isJsonNull()
            ? OptionalDouble.empty()
            : OptionalDouble.of(said.get("threshold").getAsDouble());
    if (horizon < 1) {
      throw new RetortException(
          "%s: expected a time limit, got none. Register it in Python with max_episode_steps, or give one: %s?max_episode_steps=1000."
              .formatted(name, name));
    }
  }

  /** The one environment of that name; where it is new, a first copy of it is made. */
  static GymEnv of(GymName name) {
    return MADE.computeIfAbsent(name, made -> new GymEnv(made, new GymCopies(made)));
  }

  @Override
  public String name() {
    return name.toString();
  }

  @Override
  public Space observations() {
    return observations;
  }

  @Override
  public Space actions() {
    return actions;
  }

  @Override
  public int horizon() {
    return horizon;
  }

  @Override
  public int stateSize() {
    return HEAD + observations.size() + horizon * actions.size();
  }

  @Override
  public void reset(double[] state, RandomStream random) {
    long seed = random.nextLong() >>> 33;
    double place = mark(seed);
    GymChild.Reply reply = copies.reset(seed, place, observations.size());
    Arrays.fill(state, 0, stateSize(), 0);
    state[SEED] = seed;
    state[PLACE] = place;
    show(reply, state);
  }

  @Override
  public double step(double[] state, float[] action, RandomStream random) {
    if (terminated(state)) {
      return 0;
    }
    int step = (int) state[STEPS];
    if (step >= horizon) {
      throw new RetortException(
          "%s: expected at most %s steps an episode, got one more. Say with(\"horizon\", steps) for more."
              .formatted(name, horizon));
    }
    GymCopies.Step taking = taking(state, action, 0);
    GymChild.Reply reply = copies.step(taking, observations.size());
    float[] taken = taking.action();
    requireOpen(reply, state);
    int at = HEAD + observations.size() + step * taken.length;
    for (int i = 0; i < taken.length; i++) {
      state[at + i] = taken[i];
    }
    state[STEPS] = step + 1;
    state[TERMINATED] = reply.terminated() ? 1 : 0;
    state[PLACE] = taking.place();
    show(reply, state);
    return reply.reward();
  }

  /** The step that is taken in a state by {@code values[at ..]}. */
  private GymCopies.Step taking(double[] state, float[] values, int at) {
    float[] taken = Arrays.copyOfRange(values, at, at + actions.size());
    keepWithin(actions, taken, 0);
    return new GymCopies.Step(history(state), taken, mark((long) state[PLACE], taken));
  }

  /** Several copies in one Python process take their steps in one go. */
  @Override
  public void prepare(double[][] states, float[] values, boolean[] playing) {
    List<GymCopies.Step> steps = new ArrayList<>();
    for (int copy = 0; copy < states.length; copy++) {
      double[] state = states[copy];
      if (playing[copy] && !terminated(state) && state[STEPS] < horizon) {
        steps.add(taking(state, values, copy * actions.size()));
      }
    }
    if (steps.size() > 1) {
      copies.prepare(steps, observations.size());
    }
  }

  /** What a copy has to go through to stand where a state says. */
  private GymCopies.History history(double[] state) {
    int steps = (int) state[STEPS];
    int at = HEAD + observations.size();
    return new GymCopies.History(
        (long) state[SEED],
        state[PLACE],
        horizon - steps,
        () -> floats(state, at, steps * actions.size()),
        () -> floats(state, HEAD, observations.size()),
        steps);
  }

  private static float[] floats(double[] state, int from, int count) {
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] = (float) state[from + i];
    }
    return floats;
  }

  private void show(GymChild.Reply reply, double[] state) {
    for (int i = 0; i < reply.observation().length; i++) {
      state[HEAD + i] = reply.observation()[i];
    }
  }

  /** Values bootstrap at the horizon alone: an end before it would be taken for none. */
  private void requireOpen(GymChild.Reply reply, double[] state) {
    int steps = (int) state[STEPS] + 1;
    if (reply.truncated() && !reply.terminated() && steps < horizon) {
      throw new RetortException(
          "%s: expected 'truncated' at its time limit of %s steps, got it after %s (seed %s). Let it say 'terminated' there, or give that time limit: with(\"horizon\", %3$s)."
              .formatted(name, horizon, steps, (long) state[SEED]));
    }
  }

  private static void keepWithin(Space space, float[] values, int at) {
    if (space instanceof Box box) {
      box.clipRow(values, at);
    } else if (space instanceof Group group) {
      int offset = at;
      for (Space part : group.parts().values()) {
        keepWithin(part, values, offset);
        offset += part.size();
      }
    }
  }

  private static double mark(long place, float... action) {
    RandomStream mixed = RandomStream.at(place);
    long mark = mixed.nextLong();
    for (float number : action) {
      mark = RandomStream.at(mark ^ Float.floatToIntBits(number)).nextLong();
    }
    return mark & MARK;
  }

  @Override
  public boolean terminated(double[] state) {
    return state[TERMINATED] == 1;
  }

  @Override
  public void observe(double[] state, float[] observation) {
    for (int i = 0; i < observations.size(); i++) {
      observation[i] = (float) state[HEAD + i];
    }
  }

  @Override
  public OptionalDouble solvedAt() {
    return threshold;
  }

  @Override
  public Map<String, Double> parameters() {
    return Parameters.named(List.of(HORIZON), horizon);
  }

  /** The same environment with another time limit, in Python too. */
  @Override
  public GymEnv with(String parameter, double value) {
    int steps = (int) Parameters.changed(this, parameter, value)[0];
    Parameters.steps(name(), steps);
    return steps == horizon ? this : of(name.within(steps));
  }

  /** The time limit is the environment's own: its state has room for so many actions. */
  @Override
  public Env timeLimit(int steps) {
    return steps <= horizon ? Env.super.timeLimit(steps) : with(HORIZON, steps).timeLimit(steps);
  }

  @Override
  public String toString() {
    return name();
  }
}
