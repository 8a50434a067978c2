package dev.retort.exchange.gymnasium;

import dev.retort.RetortException;
import dev.retort.run.Parallel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The copies of one environment, in Python processes, up to one for each core, and where each copy
 * stands.
 *
 * <p>A copy is found by the place of a state, and is nobody's while it waits: whoever steps takes
 * it out and puts it back at its next place. Copies whose episode is over are begun anew first,
 * then, where there are many, the one that has waited longest; if somebody comes back to its state,
 * a copy goes there again.
 */
final class GymCopies {
  /** So many may wait in the middle of episodes. */
  private static final int MOST = 1024;

  /** A copy: in which process, under which number, and where it stands. */
  private static final class Copy {
    final GymChild child;
    final int number;
    double place;
    GymChild.Reply last;

    Copy(GymChild child, int number) {
      this.child = child;
      this.number = number;
    }
  }

  /**
   * How a state came about.
   *
   * @param seed of its episode
   * @param place the mark of seed and actions
   * @param left how many steps there are until the time limit
   * @param actions those since, one behind the other
   * @param observation what was seen last
   * @param steps how many steps were taken
   */
  record History(
      long seed,
      double place,
      int left,
      Supplier<float[]> actions,
      Supplier<float[]> observation,
      int steps) {
    String words() {
      return "in step %s from seed %s".formatted(steps, seed);
    }
  }

  /**
   * A step.
   *
   * @param history of the state that it is taken from
   * @param action what is done
   * @param place where it leads: the mark of seed and actions with this one
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Step(History history, float[] action, double place) {
    boolean isLast() {
      return history.left() == 1;
    }
  }

  /** A copy that takes a step. */
  private record Turn(Copy copy, Step step) {}

  private final GymName name;
  private final String words;
  private final List<GymChild> children = new ArrayList<>();
  private final Map<Double, Deque<Copy>> waiting = new HashMap<>();
  private final Set<Copy> byAge = new LinkedHashSet<>();
  private final Set<Copy> over = new LinkedHashSet<>();
  private int made;

  /** Starts the first process, and asks it what the environment is. */
  GymCopies(GymName name) {
    this.name = name;
    GymChild child = new GymChild(name);
    try {
      this.words = child.make();
    } catch (RetortException e) {
      child.end();
      throw e;
    }
    children.add(child);
  }

  /** What the environment says of itself, as JSON. */
  String words() {
    return words;
  }

  /** Begins an episode; the copy waits at its place. */
  GymChild.Reply reset(long seed, double place, int observations) {
    Copy copy = free();
    GymChild.Reply reply = asked(copy, () -> copy.child.reset(copy.number, seed, observations));
    put(copy, place, reply, false);
    return reply;
  }

  /**
   * Takes a step: by the copy that stands there, or by one that goes there. Where one stands
   * already where the step leads, as after {@link #prepare}, what it gave as it came there is the
   * answer.
   */
  GymChild.Reply step(Step step, int observations) {
    Optional<GymChild.Reply> known = known(step.place());
    if (known.isPresent()) {
      return known.get();
    }
    Copy copy = at(step.history().place()).orElseGet(() -> replayed(step.history(), observations));
    GymChild.Reply reply =
        asked(
            copy,
            () ->
                copy.child.step(copy.number, step.action(), step.history().words(), observations));
    put(copy, step.place(), reply, reply.terminated() || step.isLast());
    return reply;
  }

  /**
   * Lets the copies that stand where these steps begin take them, those of one process in one go
   * and several processes side by side. What goes wrong is told by the step that is taken for
   * itself.
   */
  void prepare(List<Step> steps, int observations) {
    Map<GymChild, List<Turn>> turns = new TreeMap<>(Comparator.comparingLong(GymChild::pid));
    for (Step step : steps) {
      if (known(step.place()).isEmpty()) {
        at(step.history().place())
            .map(copy -> new Turn(copy, step))
            .ifPresent(
                turn ->
                    turns.computeIfAbsent(turn.copy().child, any -> new ArrayList<>()).add(turn));
      }
    }
    turns.keySet().forEach(GymChild::hold); // in one order, whoever holds several
    try {
      turns.forEach(GymCopies::send);
      turns.forEach((child, own) -> receive(child, own, observations));
    } finally {
      turns.keySet().forEach(GymChild::release);
    }
    synchronized (this) {
      forgetDead();
    }
  }

  private static void send(GymChild child, List<Turn> turns) {
    try {
      child.send(
          turns.stream().map(turn -> turn.copy().number).toList(),
          turns.stream().map(turn -> turn.step().action()).toList());
    } catch (RetortException e) {
      child.end();
    }
  }

  private void receive(GymChild child, List<Turn> turns, int observations) {
    for (Turn turn : turns) {
      try {
        GymChild.Reply reply = child.reply(turn.step().history().words(), observations);
        put(turn.copy(), turn.step().place(), reply, reply.terminated() || turn.step().isLast());
      } catch (RetortException e) {
        if (!child.isAlive()) {
          return;
        }
      }
    }
  }

  /** What the copy gave that stands at a place as it came there. */
  private synchronized Optional<GymChild.Reply> known(double place) {
    return Optional.ofNullable(waiting.get(place)).map(there -> there.peekLast().last);
  }

  /** A copy that has come where a state says, and shows what that state shows. */
  private Copy replayed(History history, int observations) {
    Copy copy = free();
    GymChild.Reply reply =
        asked(
            copy,
            () ->
                copy.child.replay(
                    copy.number,
                    history.seed(),
                    history.steps(),
                    history.actions().get(),
                    observations));
    float[] seen = history.observation().get();
    for (int i = 0; i < seen.length; i++) {
      if (Float.compare(seen[i], reply.observation()[i]) != 0) {
        drop(copy);
        throw new RetortException(
            "%s: expected the observation that it gave before, %s as number %s after %s steps from seed %s, got %s. Something beside seed and actions decides it, or this is another version: it can be learned in, but not resumed, nor stepped twice from one state."
                .formatted(
                    name, seen[i], i, history.steps(), history.seed(), reply.observation()[i]));
      }
    }
    return copy;
  }

  /** Asks a copy; one that refuses, or has died, is not asked again. */
  private GymChild.Reply asked(Copy copy, Supplier<GymChild.Reply> question) {
    try {
      return question.get();
    } catch (RetortException e) {
      drop(copy);
      throw e;
    }
  }

  private void drop(Copy copy) {
    if (!copy.child.isAlive()) {
      forgetDead();
    }
  }

  /** Forgets processes that have ended, and with them their copies: others go to their places. */
  private synchronized void forgetDead() {
    if (children.removeIf(child -> !child.isAlive())) {
      over.removeIf(copy -> !copy.child.isAlive());
      byAge.removeIf(copy -> !copy.child.isAlive());
      waiting.values().forEach(there -> there.removeIf(copy -> !copy.child.isAlive()));
      waiting.values().removeIf(Deque::isEmpty);
    }
  }

  /** Takes out the copy that waits at a place; empty where none does. */
  private synchronized Optional<Copy> at(double place) {
    forgetDead();
    Deque<Copy> there = waiting.get(place);
    if (there == null) {
      return Optional.empty();
    }
    Copy copy = there.removeLast();
    if (there.isEmpty()) {
      waiting.remove(place);
    }
    byAge.remove(copy);
    over.remove(copy);
    return Optional.of(copy);
  }

  private synchronized void put(Copy copy, double place, GymChild.Reply reply, boolean isOver) {
    if (!copy.child.isAlive()) {
      return;
    }
    copy.place = place;
    copy.last = reply;
    waiting.computeIfAbsent(place, any -> new ArrayDeque<>(1)).addLast(copy);
    (isOver ? over : byAge).add(copy);
  }

  /** A copy that nobody waits for: one whose episode is over, a new one, or the oldest. */
  private Copy free() {
    synchronized (this) {
      forgetDead();
      Set<Copy> from = !over.isEmpty() ? over : byAge.size() >= MOST ? byAge : Set.of();
      Iterator<Copy> oldest = from.iterator();
      if (oldest.hasNext()) {
        Copy copy = oldest.next();
        oldest.remove();
        Deque<Copy> there = waiting.get(copy.place);
        there.remove(copy);
        if (there.isEmpty()) {
          waiting.remove(copy.place);
        }
        return copy;
      }
    }
    return fresh();
  }

  /** A new copy, in a process of its own as long as there are more cores. */
  private synchronized Copy fresh() {
    int number = made++;
    int processes = Math.max(1, Parallel.cores());
    int next = number % processes;
    while (children.size() <= Math.min(next, processes - 1)) {
      GymChild child = new GymChild(name);
      child.make();
      children.add(child);
    }
    return new Copy(children.get(next), number);
  }

  @Override
  public String toString() {
    return "copies of " + name;
  }
}
