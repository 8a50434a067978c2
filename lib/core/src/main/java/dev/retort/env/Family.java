package dev.retort.env;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.option.Given;
import dev.retort.random.RandomStream;
import dev.retort.space.Difference;
import dev.retort.space.Space;
import dev.retort.space.Spaces;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A family of tasks: one environment with parameters drawn anew for every context.
 *
 * <p>A context's parameter is {@code low + u (high − low)} with {@code u} uniform from the stream
 * named by family seed, part of the family, parameter and context: contexts are the same in every
 * process, those of a smaller part begin a larger one, and to vary one parameter more leaves the
 * draws of the others as they were. What is drawn lies in the state, behind the inner state, and is
 * not shown to the agent.
 *
 * <pre>{@code
 * Family poles = new CartPole().varying("gravity", 7, 13).varying("halfLength", 0.35, 0.65);
 * Env train = poles.train(20);
 * Env test = poles.test(100);
 * Map<String, Double> third = poles.drawn(3);
 * }</pre>
 */
public final class Family implements Env {
  private static final Pattern LABEL = Pattern.compile("[A-Za-z]\\w*");
  private static final String SEED = "familySeed";
  private static final String LOW = ".low";
  private static final String HIGH = ".high";

  private final Env inner;
  private final String label;
  private final List<Range> ranges;
  private final long familySeed;
  private final Part part;
  private final int contexts;
  private final double[] usual;
  private final int[] slots;

  /**
   * From where to where a parameter is drawn.
   *
   * @param parameter its name
   * @param low the smallest value
   * @param high the largest value
   */
  public record Range(String parameter, double low, double high) {
    @Override
    public String toString() {
      return parameter + " " + low + ".." + high;
    }
  }

  private enum Part {
    FAMILY,
    TRAIN,
    VALIDATION,
    TEST;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private Family(
      Env inner, String label, List<Range> ranges, long familySeed, Part part, int contexts) {
    this.inner = inner;
    this.label = label;
    this.ranges = List.copyOf(ranges);
    this.familySeed = familySeed;
    this.part = part;
    this.contexts = contexts;
    this.usual = inner.parameters().values().stream().mapToDouble(Double::doubleValue).toArray();
    List<String> names = List.copyOf(inner.parameters().keySet());
    this.slots = ranges.stream().mapToInt(range -> names.indexOf(range.parameter())).toArray();
    if (contexts < 1) {
      throw new RetortException(
          "%s: expected at least 1 %s context, got %s."
              .formatted(inner.name(), part.word(), contexts));
    }
    check();
  }

  /** An environment of which one parameter is drawn. */
  static Family of(Env inner, String parameter, double low, double high) {
    Given.given(inner.name(), "a parameter to vary", parameter);
    if (inner.contexts() > 1) {
      throw new RetortException(
          "%s: expected a single task to vary, got a family. Take one of its tasks, or vary before."
              .formatted(inner.name()));
    }
    Range range = new Range(parameter, low, high);
    return new Family(inner, "", List.of(range), 0, Part.FAMILY, Integer.MAX_VALUE);
  }

  /** Refuses ranges that the environment does not take, or that change what is seen and done. */
  private void check() {
    for (int i = 0; i < slots.length; i++) {
      Range range = ranges.get(i);
      if (slots[i] < 0) {
        throw new UnknownNameException(
            "parameter of " + inner.name(), range.parameter(), inner.parameters().keySet());
      }
      if (!(range.low() <= range.high())) {
        throw new RetortException(
            "%s: expected %s to vary from low to high, got %s to %s."
                .formatted(inner.name(), range.parameter(), range.low(), range.high()));
      }
      same(inner.with(range.parameter(), range.low()), range);
      same(inner.with(range.parameter(), range.high()), range);
    }
  }

  private void same(Env end, Range range) {
    new Spaces(inner.observations(), inner.actions())
        .difference(new Spaces(end.observations(), end.actions()))
        .or(() -> Difference.of(lengths(inner), lengths(end)))
        .ifPresent(
            differs -> {
              throw Spaces.refusal(
                  inner.name(),
                  "tasks",
                  "when %s varies".formatted(range.parameter()),
                  "some",
                  differs,
                  "Vary what only the dynamics depend on.");
            });
  }

  private static String lengths(Env env) {
    return "with a horizon of %s and a state of %s numbers"
        .formatted(env.horizon(), env.stateSize());
  }

  /** What is varied. */
  Env inner() {
    return inner;
  }

  /** From where to where parameters are drawn, in the order in which they were named. */
  public List<Range> ranges() {
    return ranges;
  }

  /** Varies one parameter more, or an already varied one otherwise. */
  @Override
  public Family varying(String parameter, double low, double high) {
    Given.given(name(), "a parameter to vary", parameter);
    Range range = new Range(parameter, low, high);
    List<Range> more = new ArrayList<>(ranges);
    int known = ranges.stream().map(Range::parameter).toList().indexOf(parameter);
    if (known < 0) {
      more.add(range);
    } else {
      more.set(known, range);
    }
    return new Family(inner, "", more, familySeed, part, contexts);
  }

  /**
   * The same family under a short name, {@code CartPole-varied} for the label {@code varied}.
   * Register it, so that runs find it again.
   */
  public Family named(String other) {
    Given.given(inner.name(), "a name for the family", other);
    if (!LABEL.matcher(other).matches()) {
      throw new RetortException(
          "%s: expected a name of letters and digits for a family, got '%s'."
              .formatted(inner.name(), other));
    }
    return new Family(inner, other, ranges, familySeed, part, contexts);
  }

  @Override
  public Map<String, Double> drawn(int context) {
    requireContext(context);
    Map<String, Double> drawn = new LinkedHashMap<>();
    for (Range range : ranges) {
      drawn.put(range.parameter(), draw(range, context));
    }
    return Collections.unmodifiableMap(drawn);
  }

  private double draw(Range range, int context) {
    String purpose = "family " + part.word() + " " + range.parameter();
    double share = RandomStream.of(familySeed, purpose, context).nextDouble();
    return range.low() + share * (range.high() - range.low());
  }

  private void requireContext(int context) {
    if (context < 0 || context >= contexts) {
      throw new RetortException(
          "%s: expected a context from 0 to %s, got %s.".formatted(name(), contexts - 1, context));
    }
  }

  /** The environment of the parameters that lie in a state. */
  private Env task(double[] state) {
    double[] values = usual.clone();
    int at = inner.stateSize();
    for (int i = 0; i < slots.length; i++) {
      values[slots[i]] = state[at + i];
    }
    return inner.withParameters(values);
  }

  @Override
  public String name() {
    StringBuilder drawn = new StringBuilder();
    ranges.forEach(
        range ->
            drawn
                .append('/')
                .append(range.parameter())
                .append('-')
                .append(range.low())
                .append("..")
                .append(range.high()));
    return inner.name() + (label.isEmpty() ? drawn : "-" + label) + partName();
  }

  /** Its name without the ranges. */
  String brief() {
    return inner.name() + (label.isEmpty() ? "" : "-" + label) + partName();
  }

  private String partName() {
    return part == Part.FAMILY ? "" : "/" + part.word() + "-" + contexts;
  }

  @Override
  public Space observations() {
    return inner.observations();
  }

  @Override
  public Space actions() {
    return inner.actions();
  }

  @Override
  public int horizon() {
    return inner.horizon();
  }

  @Override
  public int stateSize() {
    return inner.stateSize() + slots.length;
  }

  @Override
  public void reset(double[] state, RandomStream random) {
    reset(random.nextInt(contexts), state, random);
  }

  @Override
  public void reset(int context, double[] state, RandomStream random) {
    requireContext(context);
    int at = inner.stateSize();
    for (int i = 0; i < slots.length; i++) {
      state[at + i] = draw(ranges.get(i), context);
    }
    task(state).reset(state, random);
  }

  @Override
  public double step(double[] state, float[] action, RandomStream random) {
    return task(state).step(state, action, random);
  }

  @Override
  public boolean terminated(double[] state) {
    return task(state).terminated(state);
  }

  @Override
  public void observe(double[] state, float[] observation) {
    task(state).observe(state, observation);
  }

  @Override
  public List<String> measures() {
    return inner.measures();
  }

  @Override
  public void measure(double[] state, double[] measured) {
    task(state).measure(state, measured);
  }

  @Override
  public boolean isLowerBetter(String measure) {
    return inner.isLowerBetter(measure);
  }

  /** The potential that the task has at the usual parameters: what is seen does not tell others. */
  @Override
  public double potential(float[] observation, int at) {
    return inner.potential(observation, at);
  }

  @Override
  public int shortestPath(double[] state) {
    return task(state).shortestPath(state);
  }

  @Override
  public int contexts() {
    return contexts;
  }

  @Override
  public Family split(Split split, int count) {
    Given.given(name(), "a part such as TRAIN", split);
    Part narrower = Part.valueOf(split.name());
    return new Family(inner, label, ranges, familySeed, narrower, count);
  }

  @Override
  public Family train(int count) {
    return split(Split.TRAIN, count);
  }

  @Override
  public Family validation(int count) {
    return split(Split.VALIDATION, count);
  }

  @Override
  public Family test(int count) {
    return split(Split.TEST, count);
  }

  /** What is not drawn, the ends of every range, and the family's seed. */
  @Override
  public Map<String, Double> parameters() {
    Map<String, Double> parameters = new LinkedHashMap<>(inner.parameters());
    for (Range range : ranges) {
      parameters.remove(range.parameter());
      parameters.put(range.parameter() + LOW, range.low());
      parameters.put(range.parameter() + HIGH, range.high());
    }
    parameters.put(SEED, (double) familySeed);
    return Collections.unmodifiableMap(parameters);
  }

  @Override
  public Family with(String parameter, double value) {
    return withParameters(Parameters.changed(this, parameter, value));
  }

  @Override
  public Family withParameters(double... values) {
    Map<String, Double> given = Parameters.named(List.copyOf(parameters().keySet()), values);
    double[] fixed = usual.clone();
    int next = 0;
    for (String parameter : inner.parameters().keySet()) {
      fixed[next] = given.getOrDefault(parameter, fixed[next]);
      next++;
    }
    List<Range> changed =
        ranges.stream()
            .map(
                range ->
                    new Range(
                        range.parameter(),
                        given.get(range.parameter() + LOW),
                        given.get(range.parameter() + HIGH)))
            .toList();
    double seed = given.get(SEED);
    if (seed != Math.rint(seed) || Math.abs(seed) > 1L << 53) {
      throw new RetortException(
          "%s: expected familySeed to be a whole number, got %s.".formatted(name(), seed));
    }
    return new Family(inner.withParameters(fixed), label, changed, (long) seed, part, contexts);
  }

  @Override
  public List<Sign> legend() {
    return inner.legend();
  }

  @Override
  public double aspect() {
    return inner.aspect();
  }

  @Override
  public void draw(double[] state, Graphics2D canvas, int width, int height) {
    task(state).draw(state, canvas, width, height);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Family that
        && inner.equals(that.inner)
        && label.equals(that.label)
        && ranges.equals(that.ranges)
        && familySeed == that.familySeed
        && part == that.part
        && contexts == that.contexts;
  }

  @Override
  public int hashCode() {
    return Objects.hash(inner, label, ranges, familySeed, part, contexts);
  }

  /** What is varied and from where to where. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(inner.toString()).append(" varying ");
    text.append(String.join(", ", ranges.stream().map(Range::toString).toList()));
    if (part != Part.FAMILY) {
      text.append(", ").append(part.word()).append(' ').append(contexts);
    }
    return text.append(familySeed == 0 ? "" : ", seed " + familySeed).toString();
  }
}
