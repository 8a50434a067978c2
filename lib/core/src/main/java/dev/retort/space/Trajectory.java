package dev.retort.space;

import dev.retort.RetortException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The last steps of an episode, the oldest first, as a decision transformer is told them: at each
 * step, of each of its agents, the return-to-go, what is seen, and what was done before. Steps that
 * there were not are zeros.
 *
 * <pre>
 *   returns (n a, 1)    R(t)
 *   steps (n a, w)      o(t), and where several agents share a network which of them it is
 *   actions (n a, k)    what was done at t − 1, where observations show it
 *   mask (n a)          1 where there is a step
 *   times (n a)         t, from 0, at most longest − 1
 * </pre>
 *
 * <p>Tokens are ordered by step, then agent. Who acts remembers the window, and at each step moves
 * it up and puts the present one behind; who learns puts steps of a dataset into one, {@link #put}.
 *
 * @param window n, steps of it, at least 1
 * @param longest steps of an episode that are distinguished
 * @param seen numbers that each agent sees
 * @param done numbers of what each agent did before, as many lists as agents, or none
 * @param reward where the last reward is seen, by which falling goals fall
 * @param goals return-to-go of the team while acting, or one an agent
 * @param number which of several agents that share a network this is, from 0
 * @param among how many share it; 0 for none
 */
public record Trajectory(
    int window,
    int longest,
    List<Selection> seen,
    List<Selection> done,
    Optional<Selection> reward,
    List<Goal> goals,
    int number,
    int among)
    implements Perception {
  static final String WORD = "trajectory:";

  /** Refuses agents that see or do different numbers, and goals that fall by nothing. */
  public Trajectory {
    Window.require(window);
    seen = List.copyOf(seen);
    done = List.copyOf(done);
    goals = List.copyOf(goals);
    boolean isSame =
        seen.stream().map(each -> each.sees().size()).distinct().count() == 1
            && done.stream().map(each -> each.sees().size()).distinct().count() <= 1
            && (done.isEmpty() || done.size() == seen.size());
    if (!isSame || longest < 1 || number < 0 || number >= Math.max(1, among)) {
      throw new RetortException(
          "trajectory: expected agents that see and do as many numbers each, got %s numbers seen and %s done."
              .formatted(
                  seen.stream().map(each -> each.sees().size()).toList(),
                  done.stream().map(each -> each.sees().size()).toList()));
    }
    if (goals.size() != 1 && goals.size() != seen.size()) {
      throw new RetortException(
          "trajectory: expected one goal, or one for each of %s agents, got %s."
              .formatted(seen.size(), goals.size()));
    }
    if (goals.stream().anyMatch(Goal::falls) && (reward.isEmpty() || goals.size() > 1)) {
      throw new RetortException(
          "trajectory: expected the last reward in what is seen where a goal falls by it, got none. Learn and act in env.lastReward(), or leave falling() out.");
    }
  }

  /** How many agents it is of. */
  public int agents() {
    return seen.size();
  }

  /** Tokens, one a step and agent. */
  public int tokens() {
    return window * agents();
  }

  private int width() {
    return seen.get(0).sees().size() + among;
  }

  private int doneWidth() {
    return done.isEmpty() ? 0 : done.get(0).sees().size();
  }

  @Override
  public Space whole() {
    return seen.get(0).whole();
  }

  @Override
  public Space sees() {
    Group parts = Group.of("returns", any(1)).and("steps", any(width()));
    if (!done.isEmpty()) {
      parts = parts.and("actions", any(doneWidth()));
    }
    return parts
        .and("mask", Box.of(0, 1, tokens()))
        .and("times", Box.of(0, longest - 1f, tokens()));
  }

  private Box any(int width) {
    return Box.of(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, tokens(), width);
  }

  /** How many numbers a window has. */
  public int size() {
    return tokens() * (1 + width() + doneWidth() + 2);
  }

  /** The window, the number of the present step, and what was received before it. */
  @Override
  public int memory() {
    return size() + 2;
  }

  /**
   * Puts a step into a window, where nothing is but zeros.
   *
   * @param observations what is seen, {@code observations[from .. from + whole().size())}
   * @param time number of the step in its episode, from 0
   * @param returns return-to-go of the team, or of each agent, from {@code at}
   * @param to window, {@code to[begin .. begin + size())}
   * @param place of the step in it, from 0
   */
  public void put(
      float[] observations,
      int from,
      int time,
      float[] returns,
      int at,
      float[] to,
      int begin,
      int place) {
    int steps = begin + tokens();
    int actions = steps + tokens() * width();
    int mask = actions + tokens() * doneWidth();
    for (int agent = 0; agent < agents(); agent++) {
      int token = place * agents() + agent;
      to[begin + token] = returns[at + (goals.size() == 1 ? 0 : agent)];
      seen.get(agent).take(observations, from, to, steps + token * width());
      if (among > 0) {
        to[steps + (token + 1) * width() - among + number] = 1;
      }
      if (!done.isEmpty()) {
        done.get(agent).take(observations, from, to, actions + token * doneWidth());
      }
      to[mask + token] = 1;
      to[mask + tokens() + token] = Math.min(time, longest - 1);
    }
  }

  /** What a goal tells at a step, one number for the team or one for each agent. */
  public float[] told(int time, double received) {
    float[] told = new float[goals.size()];
    for (int i = 0; i < told.length; i++) {
      told[i] = goals.get(i).told(time, received);
    }
    return told;
  }

  @Override
  public float[] see(float[] observations, float[] memory, int rows) {
    int size = size();
    if (memory.length < rows * memory()) {
      throw new RetortException(
          "trajectory: expected a memory of %s numbers for each of %s rows, got %s numbers in all. Open an actor, which keeps it."
              .formatted(memory(), rows, memory.length));
    }
    float[] all = new float[rows * size];
    float[] last = new float[1];
    for (int row = 0; row < rows; row++) {
      int own = row * memory();
      int time = (int) memory[own + size];
      if (reward.isPresent() && time > 0) {
        reward.get().take(observations, row * whole().size(), last, 0);
        memory[own + size + 1] += last[0];
      }
      moveUp(memory, own);
      put(
          observations,
          row * whole().size(),
          time,
          told(time, memory[own + size + 1]),
          0,
          memory,
          own,
          window - 1);
      memory[own + size] = time + 1;
      System.arraycopy(memory, own, all, row * size, size);
    }
    return all;
  }

  /** Leaves the oldest step out, and makes room for one more. */
  private void moveUp(float[] memory, int at) {
    int from = at;
    for (int width : new int[] {1, width(), doneWidth(), 1, 1}) {
      int step = agents() * width;
      int end = from + window * step;
      System.arraycopy(memory, from + step, memory, from, (window - 1) * step);
      Arrays.fill(memory, end - step, end, 0);
      from = end;
    }
  }

  static Trajectory read(Space whole, String text) {
    try {
      String[] parts = text.substring(WORD.length()).split("\\|", -1);
      int[] counts = Arrays.stream(parts[0].split(":")).mapToInt(Integer::parseInt).toArray();
      return new Trajectory(
          counts[0],
          counts[1],
          selections(whole, parts[1]),
          selections(whole, parts[2]),
          selections(whole, parts[3]).stream().findFirst(),
          Arrays.stream(parts[4].split(";")).map(Goal::read).toList(),
          counts[2],
          counts[3]);
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      String shown = text.length() > 100 ? text.substring(0, 100) + "…" : text;
      throw new RetortException(
          "seeing: expected a trajectory as it is written, got '%s'. Take another copy of the file."
              .formatted(shown),
          e);
    }
  }

  private static List<Selection> selections(Space whole, String text) {
    return text.isEmpty()
        ? List.of()
        : Arrays.stream(text.split(";")).map(each -> Selection.read(whole, each)).toList();
  }

  private static String text(List<?> each) {
    return each.stream().map(String::valueOf).collect(Collectors.joining(";"));
  }

  /** All of it, by which it is read; goals have as many numbers as steps are distinguished. */
  @Override
  public String toString() {
    String counts =
        IntStream.of(window, longest, number, among)
            .mapToObj(String::valueOf)
            .collect(Collectors.joining(":"));
    return WORD
        + String.join(
            "|", counts, text(seen), text(done), text(reward.stream().toList()), text(goals));
  }
}
