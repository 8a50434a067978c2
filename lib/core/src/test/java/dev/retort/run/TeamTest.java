package dev.retort.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.store.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TeamTest {
  private static final long[] SEEDS = {5, 6, 7, 8, 9};

  /** Counts for each of its members. */
  private static final class Counters implements Team.Group {
    final long[] seeds;
    final long[] counts;
    boolean open = true;

    Counters(long[] seeds) {
      this.seeds = seeds;
      this.counts = seeds.clone();
    }

    void count() {
      for (int member = 0; member < counts.length; member++) {
        counts[member] += seeds[member];
      }
    }

    @Override
    public Resumable state() {
      return new Resumable()
          .longs(
              "counts",
              counts::clone,
              saved -> System.arraycopy(saved, 0, counts, 0, counts.length));
    }

    @Override
    public void close() {
      open = false;
    }
  }

  private static Team<Counters> team(Optional<Tensors> resumed, int... sizes) {
    return Team.of(sizes, SEEDS, resumed, Counters::new);
  }

  private static List<Long> counts(Team<Counters> team) {
    return team.members((group, member) -> group.counts[member]);
  }

  @Test
  void membersKeepTheirOrderHoweverTheyAreDealt() {
    for (int[] sizes : new int[][] {{5}, {3, 2}, {1, 1, 1, 1, 1}, {2, 3}}) {
      Team<Counters> team = team(Optional.empty(), sizes);
      team.each(Counters::count);
      assertThat(counts(team)).containsExactly(10L, 12L, 14L, 16L, 18L);
    }
  }

  @Test
  void aResumedTeamHasTheGroupsItBeganWith() {
    Team<Counters> first = team(Optional.empty(), 3, 2);
    first.each(Counters::count);
    Team<Counters> second = team(Optional.of(first.save()), 1, 1, 1, 1, 1);
    assertThat(second.groups()).hasSize(2);
    second.each(Counters::count);
    first.each(Counters::count);
    assertThat(counts(second)).isEqualTo(counts(first));
  }

  @Test
  void allGroupsAreClosed() {
    Team<Counters> team = team(Optional.empty(), 3, 2);
    List<Counters> groups = new ArrayList<>(team.groups());
    team.close();
    assertThat(groups).noneMatch(group -> group.open);
  }
}
