package dev.retort.run;

import dev.retort.store.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A population that is dealt out in groups of neighboring members, which work side by side and save
 * together.
 *
 * <pre>{@code
 * try (Team<Learner> team = Team.of(sizes, seeds, session.resumed(), Learner::new)) {
 *   team.each(learner -> learner.iterate(session));
 *   session.boundary(step, team::save);
 * }
 * }</pre>
 *
 * @param <G> what works for one group
 */
public final class Team<G extends Team.Group> implements AutoCloseable {
  /** What works for some of the members. */
  public interface Group extends AutoCloseable {
    /** Everything that the group has to save. */
    Resumable state();

    @Override
    void close();
  }

  private final int[] sizes;
  private final List<G> groups = new ArrayList<>();

  private Team(int[] sizes) {
    this.sizes = sizes;
  }

  /**
   * A new team, or the one that a run was resumed with: its groups are those it began with, however
   * many cores there are now.
   *
   * @param sizes how many members each group has
   * @param seeds one a member
   * @param resumed what {@link #save()} gave
   * @param group makes a group of the seeds of its members
   */
  public static <G extends Group> Team<G> of(
      int[] sizes, long[] seeds, Optional<Tensors> resumed, Function<long[], G> group) {
    Team<G> team = new Team<>(resumed.map(Team::sizes).orElse(sizes));
    int first = 0;
    for (int size : team.sizes) {
      team.groups.add(group.apply(Arrays.copyOfRange(seeds, first, first + size)));
      first += size;
    }
    resumed.ifPresent(team::restore);
    return team;
  }

  private static int[] sizes(Tensors saved) {
    return Arrays.stream(saved.longs("groups")).mapToInt(Math::toIntExact).toArray();
  }

  /** The groups in the order of their members. */
  public List<G> groups() {
    return groups;
  }

  /** Does the same for all groups, on all cores. */
  public void each(Consumer<G> work) {
    Parallel.all(groups.stream().map(group -> (Runnable) () -> work.accept(group)).toList());
  }

  /** What is asked of a group for one of its members, counted within the group. */
  @FunctionalInterface
  public interface OfMember<G, R> {
    R of(G group, int member);
  }

  /** What the groups say of each member, in the order of the members. */
  public <R> List<R> members(OfMember<G, R> question) {
    List<R> answers = new ArrayList<>();
    for (int group = 0; group < sizes.length; group++) {
      for (int member = 0; member < sizes[group]; member++) {
        answers.add(question.of(groups.get(group), member));
      }
    }
    return answers;
  }

  /** The states of all groups. */
  public Tensors save() {
    Tensors all = new Tensors().put("groups", Arrays.stream(sizes).asLongStream().toArray());
    for (int group = 0; group < sizes.length; group++) {
      all.putAll("group" + group, groups.get(group).state().save());
    }
    return all;
  }

  private void restore(Tensors saved) {
    for (int group = 0; group < sizes.length; group++) {
      groups.get(group).state().restore(saved.part("group" + group));
    }
  }

  @Override
  public void close() {
    groups.forEach(Group::close);
  }
}
