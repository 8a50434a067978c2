package dev.retort.data;

import dev.retort.RetortException;
import dev.retort.option.Given;
import dev.retort.option.Type;
import dev.retort.random.RandomStream;
import dev.retort.space.Perception;
import dev.retort.space.Selection;
import dev.retort.space.Space;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How somebody sees a row of a dataset: some parts of its observation, the steps before it, or a
 * picture drawn of it. What a view does not show reaches neither a network nor its gradient.
 *
 * <pre>{@code
 * View blind = View.parts("position", "goal");
 * View history = View.window(8, blind);
 * distill(teacher).from(data).seeing(blind).run();
 * }</pre>
 *
 * <p>A view of your own is a class of two methods. One that shows some numbers of the observation
 * and nothing else is a {@link Selection}, by which a policy can act, and so is a window of one.
 */
public interface View {
  /**
   * Space of what it shows.
   *
   * @param observations of the dataset
   * @throws RetortException where it shows what these do not have, or nothing
   */
  Space sees(Space observations);

  /**
   * Shows a row.
   *
   * @param random where all chance of the view comes from, such as noise
   * @param seen receives {@code seen[at .. at + sees(..).size())}, every number
   */
  void look(Dataset data, int row, RandomStream random, float[] seen, int at);

  /** The numbers of the observation that it shows, where it shows those of the row alone. */
  default Optional<Selection> selection(Space observations) {
    return Optional.empty();
  }

  /** By what a policy sees the same while it acts; empty where only a dataset can be seen so. */
  default Optional<Perception> perception(Space observations) {
    return selection(observations).map(selection -> selection);
  }

  /** The same view of one dataset, for who looks at many rows. */
  default Sight of(Dataset data) {
    return (row, random, seen, at) -> look(data, row, random, seen, at);
  }

  /** A view of one dataset. */
  @FunctionalInterface
  interface Sight {
    /** Shows a row; see {@link View#look}. */
    void look(int row, RandomStream random, float[] seen, int at);
  }

  /** The whole observation. */
  static View all() {
    return SelectionView.ALL;
  }

  /** Parts of the observation by their names, in this order. */
  static View parts(String... names) {
    for (String name : names) {
      if (Given.given("seeing", "the name of a part", name).contains(",") || name.isBlank()) {
        throw new RetortException(
            "seeing: expected names of parts one by one and without commas, got '%s'. Say View.parts(\"position\", \"goal\")."
                .formatted(name));
      }
    }
    return SelectionView.of("parts", List.of(names));
  }

  /** Numbers of the observation by their places, counted from 0, in this order. */
  static View numbers(int... places) {
    return SelectionView.of("numbers", Arrays.stream(places).mapToObj(String::valueOf).toList());
  }

  /** The last observations of the episode, this one included; see {@link WindowView}. */
  static View window(int steps) {
    return window(steps, all());
  }

  /** Parts of the last observations of the episode, this one included. */
  static View window(int steps, String... parts) {
    return window(steps, parts(parts));
  }

  /** What another view shows of the last rows of the episode, this one included. */
  static View window(int steps, View of) {
    return new WindowView(steps, Given.given("seeing", "a view", of));
  }

  /**
   * Views as text: {@code all}, {@code parts:position,goal}, {@code numbers:0,1}, {@code window:8}
   * or {@code window:8 parts:position}. One that is code has none that can be read.
   */
  static Type<View> type() {
    return new Type<>(
        "all, parts such as parts:position,goal, numbers:0,1 or window:8",
        View::parse,
        View::toString,
        List.of("all", "window:8"));
  }

  /** Whether a view can be written as text, and read again; one that is code cannot. */
  static boolean isText(View view) {
    return view instanceof SelectionView
        || (view instanceof WindowView window && isText(window.each()));
  }

  private static View parse(String text) {
    String trimmed = text.trim();
    if (trimmed.startsWith("window:")) {
      String[] words = trimmed.substring("window:".length()).split("\\s+", 2);
      int steps = Integer.parseInt(words[0]);
      Type.require(steps >= 1);
      return window(steps, words.length == 2 ? parse(words[1]) : all());
    }
    Type.require(trimmed.matches("all|parts:.+|numbers:\\d+(,\\d+)*"));
    return new SelectionView(trimmed);
  }
}
