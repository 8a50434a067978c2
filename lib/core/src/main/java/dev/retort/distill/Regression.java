package dev.retort.distill;

import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.data.View;
import dev.retort.loss.Mse;
import dev.retort.nn.Architecture;
import dev.retort.nn.Output;
import dev.retort.nn.PopulationMemory;
import dev.retort.option.Given;
import dev.retort.option.Option;
import dev.retort.option.Schedule;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.random.RandomStream;
import dev.retort.run.Session;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * Supervised learning of columns of a dataset by a population of networks: what a step earned, what
 * is seen next, or any number of the user's own. {@link Distillation} is the same where what is
 * learned is what a teacher does.
 *
 * <p>Some episodes are held out: whole ones, since the steps of an episode are alike.
 *
 * @param settings how they learn
 * @param seeing what of a row they see
 */
public record Regression(Settings settings, View seeing) implements Supervised {
  // spotless:off
  /** What can be set. */
  public static final Schema OPTIONS = new Schema("fit").including(SHARED).standard(MINIMIZING, Loss.of(Dataset.REWARD, new Mse()));

  public static final Option<Double> HOLDING_OUT = OPTIONS.real("holding-out", 0.1).from(0, 0.9).says("share of episodes that nobody learns from");

  /** Each network. */
  public Regression into(Architecture network) { return with(INTO, network); }

  /** How many networks learn. */
  public Regression members(int members) { return with(MEMBERS, members); }

  /** Which columns are predicted, and by which distance. */
  public Regression minimizing(Loss loss) { return with(MINIMIZING, loss); }

  /** Passes over the dataset. */
  public Regression epochs(int epochs) { return with(EPOCHS, epochs); }

  /** Size of a minibatch, in steps. */
  public Regression batchSize(int size) { return with(BATCH_SIZE, size); }

  /** Step size of Adam, constant or over training. */
  public Regression learningRate(Schedule rate) { return with(LEARNING_RATE, rate); }
  public Regression learningRate(double rate) { return learningRate(Schedule.constant(rate)); }

  /** Whose order of minibatches. */
  public Regression order(Order order) { return with(ORDER, order); }

  /** Share of episodes that nobody learns from, at least one; none where it is 0. */
  public Regression holdingOut(double share) { return with(HOLDING_OUT, share); }
  public double holdingOut() { return settings.get(HOLDING_OUT); }
  // spotless:on

  /** Regression at its defaults, of the reward by the whole observation. */
  public Regression() {
    this(OPTIONS.standard(), View.all());
  }

  private <T> Regression with(Option<T> option, T value) {
    return new Regression(settings.with(option, value), seeing);
  }

  /** What of a row they see. */
  public Regression seeing(View view) {
    return new Regression(settings, Given.given("fit", "a view such as View.all()", view));
  }

  /** Refuses a dataset that does not have what shall be seen or predicted. */
  public void require(Dataset data) {
    if (minimizing().behavior().isPresent()) {
      throw new RetortException(
          "fit: expected a loss of columns, such as Loss.of(\"reward\", mse()), got %s, by which students act. Say distill(data)."
              .formatted(minimizing()));
    }
    new Lesson(this, data).require();
    if (holdingOut() > 0 && data.episodes() < 2) {
      throw new RetortException(
          "fit: expected at least 2 episodes, of which one is held out, got %s (dataset '%s'). Say holdingOut(0)."
              .formatted(data.episodes(), data.name()));
    }
  }

  /** What they give: an output for each column, of its name and width. */
  public List<Output> outputs(Dataset data) {
    return new Lesson(this, data).outputs();
  }

  /** What they take while they learn. */
  public PopulationMemory memory(Dataset data) {
    return Learning.memory(new Lesson(this, data), data.size(), 1);
  }

  /** Those episodes that are learned from. */
  public Dataset learned(Dataset data, long seed) {
    Set<Integer> out = out(data, seed);
    return part(data, episode -> !out.contains(episode));
  }

  /** Those episodes that are held out; none where nothing is. */
  public Optional<Dataset> heldOut(Dataset data, long seed) {
    Set<Integer> out = out(data, seed);
    return out.isEmpty() ? Optional.empty() : Optional.of(part(data, out::contains));
  }

  private static Dataset part(Dataset data, IntPredicate condition) {
    return data.where(episode -> condition.test(episode.index()));
  }

  private Set<Integer> out(Dataset data, long seed) {
    int episodes = data.episodes();
    long rounded = Math.round(holdingOut() * episodes);
    long count = holdingOut() == 0 ? 0 : Math.max(1, Math.min(episodes - 1, rounded));
    int[] order = new int[episodes];
    RandomStream.of(seed, "held out").permutation(order, episodes);
    return Arrays.stream(order).limit(count).boxed().collect(Collectors.toSet());
  }

  /**
   * Trains the networks.
   *
   * @param data what they learn from, and what is held out of it
   * @param seed names all chance
   * @param session its curve has the columns {@code loss}, the mean over an epoch, and {@code
   *     held-out}, the mean over the episodes that are held out at its end (NaN where none are), of
   *     each member
   */
  public Predictor run(Dataset data, long seed, Session session) {
    return run(data, seed, session, Learning.PATIENCE);
  }

  /** The same with boundaries as often as it is said. */
  Predictor run(Dataset data, long seed, Session session, double patience) {
    require(data);
    memory(data).require("fit");
    Lesson lesson = new Lesson(this, learned(data, seed));
    Learning learning =
        new Learning(
            lesson,
            heldOut(data, seed).map(rows -> new Lesson(this, rows)),
            List.of(seed),
            List.of(),
            SupervisedGroup.Where.best(lesson),
            patience);
    List<float[]> parameters =
        learning.run(
            session, (group, member) -> new double[] {group.loss(member), group.heldOut(member)});
    return new Predictor(
        "predictor of " + String.join(" and ", minimizing().outputs()),
        data.observations(),
        seeing,
        lesson.blueprint(),
        parameters);
  }

  @Override
  public String toString() {
    return settings.toString();
  }
}
