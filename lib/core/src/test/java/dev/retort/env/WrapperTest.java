package dev.retort.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.RetortException;
import dev.retort.env.agents.FillIn;
import dev.retort.env.control.CartPole;
import dev.retort.env.control.MountainCar;
import dev.retort.env.control.Pendulum;
import dev.retort.env.grid.FourRooms;
import dev.retort.env.grid.FrozenLake;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Group;
import dev.retort.space.Space;
import dev.retort.store.Tensors;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WrapperTest {
  private final RandomStream random = RandomStream.of(4, "wrapper test");

  @Test
  void aTimeLimitTruncatesEarlierOrLater() {
    assertThat(length(new Pendulum().timeLimit(50))).isEqualTo(50);
    assertThat(length(new Pendulum().timeLimit(300))).isEqualTo(300);
    assertThat(new Pendulum().timeLimit(300).timeLimit(20)).isEqualTo(new Pendulum().timeLimit(20));
    assertThat(new CartPole().solvedAt()).isPresent();
    assertThat(new CartPole().timeLimit(200).solvedAt()).isEmpty();
  }

  private static int length(Env env) {
    VectorEnv one = new VectorEnv(env, 1, copy -> RandomStream.of(0, "length"));
    one.reset();
    while (true) {
      one.step(new float[env.actions().size()]);
      if (one.ended(0)) {
        assertThat(one.truncated()[0]).isTrue();
        return one.episodeLength(0);
      }
    }
  }

  @Test
  void theLastActionStandsBesideWhatIsSeen() {
    CartPole pole = new CartPole();
    Env env = pole.lastAction();
    assertThat(env.observations())
        .isEqualTo(Group.of("observation", pole.observations()).and("lastAction", Box.of(0, 1, 2)));
    double[] state = new double[env.stateSize()];
    double[] plain = new double[pole.stateSize()];
    float[] seen = new float[6];
    float[] same = new float[4];
    env.reset(state, RandomStream.at(9));
    pole.reset(plain, RandomStream.at(9));
    float[] last = {0, 0};
    for (int t = 0; t < 6; t++) {
      env.observe(state, seen);
      pole.observe(plain, same);
      assertThat(Arrays.copyOf(seen, 4)).isEqualTo(same);
      assertThat(Arrays.copyOfRange(seen, 4, 6)).isEqualTo(last);
      float[] action = {t / 2 & 1};
      env.step(state, action, random);
      pole.step(plain, action, random);
      last = new float[] {1 - action[0], action[0]};
    }
    env.reset(state, random);
    env.observe(state, seen);
    assertThat(Arrays.copyOfRange(seen, 4, 6)).containsOnly(0);
    assertThat(env.solvedAt()).isEqualTo(pole.solvedAt());
  }

  @Test
  void theLastActionIsTheOneThatWasTakenWhereActionsStick() {
    Env done = new Pendulum().lastAction().stickyActions(1);
    Env wanted = new Pendulum().stickyActions(1).lastAction();
    for (Env env : List.of(done, wanted)) {
      double[] state = new double[env.stateSize()];
      float[] seen = new float[4];
      env.reset(state, random);
      env.step(state, new float[] {0.5f}, random);
      env.step(state, new float[] {-1.5f}, random);
      env.observe(state, seen);
      assertThat(seen[3]).as(env.name()).isEqualTo(env == done ? 0.5f : -1.5f);
      env.step(state, new float[] {-7}, random);
      env.observe(state, seen);
      assertThat(seen[3]).as(env.name()).isEqualTo(env == done ? 0.5f : -2);
    }
  }

  @Test
  void theLastActionIsShownOnce() {
    assertThatThrownBy(() -> new Pendulum().lastAction().lastAction())
        .isInstanceOf(RetortException.class)
        .hasMessage("group: expected a new name, got 'lastAction' twice.");
    Space group = Group.of("position", Box.of(1, 2, 2)).and("color", new Discrete(3));
    Group seenAs = Group.of("where", Box.of(1, 2, 2)).and("which", new Discrete(3));
    assertThat(new Grouped(seenAs, group).lastAction().observations())
        .isEqualTo(
            Group.of("where", Box.of(1, 2, 2))
                .and("which", new Discrete(3))
                .and(
                    "lastAction",
                    new Box(List.of(0f, 0f, 0f, 0f, 0f), List.of(2f, 2f, 1f, 1f, 1f), List.of(5))));
    Env env = new Grouped(seenAs, group).lastAction();
    double[] state = new double[env.stateSize()];
    float[] seen = new float[8];
    env.step(state, new float[] {1.5f, 1.25f, 2}, random);
    env.observe(state, seen);
    assertThat(seen).containsExactly(1, 1, 0, 1.5f, 1.25f, 0, 0, 1);
  }

  /** What others did stands in their parts alone, and everybody is told what the team received. */
  @Test
  void anAgentSeesItsOwnLastActionAndTheTeamsReward() {
    FillIn cells = new FillIn(2, 3, 1, 1, 9);
    Env env = cells.lastAction().lastReward();
    Group seen = (Group) env.observations();
    assertThat(seen.parts().keySet()).containsExactly("agent1", "agent2", "global", "rewards");
    Group own = (Group) seen.parts().get("agent2");
    assertThat(own.parts().keySet())
        .containsExactly("observation", Env.LAST_ACTION, Env.LAST_REWARD);
    double[] state = new double[env.stateSize()];
    float[] now = new float[seen.size()];
    float[] plain = new float[cells.observations().size()];
    env.reset(state, random);
    double reward = env.step(state, new float[] {4, 2}, random);
    env.observe(state, now);
    cells.observe(state, plain);
    for (int agent = 0; agent < 2; agent++) {
      int from = agent * own.size();
      assertThat(Arrays.copyOfRange(now, from, from + 11))
          .isEqualTo(Arrays.copyOfRange(plain, 11 * agent, 11 * agent + 11));
      float[] done = new float[5];
      done[agent == 0 ? 4 : 2] = 1;
      assertThat(Arrays.copyOfRange(now, from + 11, from + 16)).isEqualTo(done);
      assertThat(now[from + 16]).isEqualTo((float) reward).isNegative();
    }
    assertThat(Arrays.copyOfRange(now, 2 * own.size(), now.length))
        .isEqualTo(Arrays.copyOfRange(plain, 22, plain.length));
    assertThat(new Pendulum().lastReward().observations().size()).isEqualTo(4);
  }

  /** Sees and does two kinds of things, and stands still. */
  private record Grouped(Space observations, Space actions) implements Env {
    @Override
    public int horizon() {
      return 5;
    }

    @Override
    public int stateSize() {
      return 1;
    }

    @Override
    public void reset(double[] state, RandomStream random) {}

    @Override
    public double step(double[] state, float[] action, RandomStream random) {
      return 0;
    }

    @Override
    public boolean terminated(double[] state) {
      return false;
    }

    @Override
    public void observe(double[] state, float[] observation) {
      observation[0] = 1;
      observation[1] = 1;
      observation[2] = 0;
    }
  }

  @Test
  void stackedFramesAreTheLastObservationsOldestFirst() {
    CartPole pole = new CartPole();
    Env stack = pole.frameStack(3);
    double[] state = new double[stack.stateSize()];
    float[] seen = new float[12];
    float[] newest = new float[4];
    stack.reset(state, random);
    stack.observe(state, seen);
    pole.observe(state, newest);
    float[][] history = {newest.clone(), newest.clone(), newest.clone()};
    for (int t = 0; t < 6; t++) {
      for (int frame = 0; frame < 3; frame++) {
        assertThat(Arrays.copyOfRange(seen, 4 * frame, 4 * frame + 4)).isEqualTo(history[frame]);
      }
      stack.step(state, new float[] {t & 1}, random);
      stack.observe(state, seen);
      pole.observe(state, newest);
      history = new float[][] {history[1], history[2], newest.clone()};
    }
  }

  @Test
  void aCellIsShownAsAOneAmongZeros() {
    Env lake = new FrozenLake().oneHot();
    float[] seen = new float[16];
    lake.observe(new double[] {6}, seen);
    float[] expected = new float[16];
    expected[6] = 1;
    assertThat(seen).isEqualTo(expected);
    assertThat(lake.observations()).isEqualTo(Box.of(0, 1, 16));
    assertThat(lake.solvedAt()).isEqualTo(new FrozenLake().solvedAt());
    EnvContract contract = EnvContract.check(lake, 1);
    assertThat(contract.ok()).as(contract.toString()).isTrue();
    assertThat(lake.outcomes(new double[] {0}, FrozenLake.RIGHT)).hasSize(3);
    assertThatThrownBy(() -> new CartPole().oneHot())
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "CartPole: expected one of several things to be shown as zeros and a one, got 4 numbers. Leave oneHot out.");
  }

  @Test
  void imagesAreStackedAlongTheirChannels() {
    Env stack = new FourRooms().frameStack(2);
    assertThat(((Box) stack.observations()).shape()).isEqualTo(List.of(6, 19, 19));
    assertThat(((Box) new CartPole().frameStack(4).observations()).shape()).isEqualTo(List.of(16));
    assertThat(new CartPole().frameStack(4).solvedAt()).hasValue(475);
  }

  @Test
  void repeatedActionsAddTheirRewardsUpWithinTheSameEpisode() {
    Env repeat = new Pendulum().actionRepeat(3);
    assertThat(repeat.horizon()).isEqualTo(67);
    double[] state = new double[repeat.stateSize()];
    double[] plain = new double[2];
    repeat.reset(state, RandomStream.of(1, "start"));
    new Pendulum().reset(plain, RandomStream.of(1, "start"));
    int steps = 0;
    for (int t = 0; t < 67; t++) {
      float[] action = {(float) Math.sin(t)};
      double sum = 0;
      for (int i = 0; i < 3 && steps < 200; i++) {
        sum += new Pendulum().step(plain, action, random);
        steps++;
      }
      assertThat(repeat.step(state, action, random)).isEqualTo(sum);
      assertThat(Arrays.copyOf(state, 2)).isEqualTo(plain);
    }
    assertThat(steps).isEqualTo(200);
    assertThat(state[2]).isEqualTo(200);
  }

  @Test
  void aRepeatEndsWhereTheTaskDoes() {
    Env repeat = new MountainCar().actionRepeat(10);
    double[] state = {0.48, 0.05, 0};
    assertThat(repeat.step(state, new float[] {2}, random)).isEqualTo(-1);
    assertThat(repeat.terminated(state)).isTrue();
    assertThat(state[2]).isEqualTo(1);
  }

  @Test
  void aLimitOnRepeatsIsOneOnTheStepsBelow() {
    Env limited = new Pendulum().actionRepeat(3).frameStack(2).timeLimit(100);
    assertThat(limited.name()).isEqualTo("Pendulum/timeLimit-300/actionRepeat-3/frameStack-2");
    assertThat(limited.horizon()).isEqualTo(100);
    assertThat(length(limited)).isEqualTo(100);
  }

  @Test
  void stickyActionsStickAsOftenAsTheySay() {
    Env sticky = new CartPole().stickyActions(0.25);
    double[] state = new double[sticky.stateSize()];
    int stuck = 0;
    int tries = 20_000;
    for (int i = 0; i < tries; i++) {
      Arrays.fill(state, 0);
      ((Wrapper) sticky).begin(state);
      sticky.step(state, new float[] {CartPole.LEFT}, random);
      double before = state[1];
      sticky.step(state, new float[] {CartPole.RIGHT}, random);
      stuck += state[1] < before ? 1 : 0;
    }
    assertThat(stuck / (double) tries).isBetween(0.235, 0.265);
  }

  @Test
  void theFirstActionOfAnEpisodeNeverSticks() {
    Env always = new Pendulum().stickyActions(1);
    double[] state = new double[always.stateSize()];
    always.reset(state, random);
    always.step(state, new float[] {1.5f}, random);
    assertThat(state[3]).isEqualTo(1.5);
    always.step(state, new float[] {-0.5f}, random);
    assertThat(state[3]).isEqualTo(1.5);
    always.reset(state, random);
    always.step(state, new float[] {-0.5f}, random);
    assertThat(state[3]).isEqualTo(-0.5);
  }

  @Test
  void copiesSavedInTheMiddleOfAnEpisodeGoOnAsTheyWould() {
    Env env =
        new CartPole()
            .varying("force", 5, 15)
            .train(6)
            .stickyActions(0.3)
            .actionRepeat(2)
            .frameStack(3);
    VectorEnv whole = new VectorEnv(env, 4, copy -> RandomStream.of(9, "copies", copy));
    whole.reset();
    play(whole, 0, 37);
    Tensors saved = whole.save();
    play(whole, 37, 60);
    VectorEnv resumed = new VectorEnv(env, 4, copy -> RandomStream.of(0, "other", copy));
    resumed.restore(saved);
    play(resumed, 37, 60);
    assertThat(resumed.observations()).isEqualTo(whole.observations());
    assertThat(resumed.save().doubles("states")).isEqualTo(whole.save().doubles("states"));
  }

  private static void play(VectorEnv envs, int from, int to) {
    for (int t = from; t < to; t++) {
      envs.step(new float[] {t & 1, t >> 1 & 1, t % 3 == 0 ? 1 : 0, 1});
    }
  }

  @Test
  void wrappersAreAroundPartsAndParametersOfWhatTheyWrap() {
    Env stack = new FourRooms().frameStack(2);
    assertThat(stack.train(20)).isEqualTo(new FourRooms().train(20).frameStack(2));
    assertThat(stack.narrowed("reachable", 20))
        .isEqualTo(new FourRooms().reachable(20).frameStack(2));
    assertThat(stack.contexts()).isEqualTo(Integer.MAX_VALUE);
    assertThat(new CartPole().frameStack(2).with("gravity", 5))
        .isEqualTo(new CartPole().with("gravity", 5).frameStack(2));
    assertThat(new CartPole().with("gravity", 5).frameStack(2).toString())
        .isEqualTo("CartPole(gravity 5.0)/frameStack-2");
  }

  @Test
  void sizesThatAreNoneAreRefused() {
    assertThatThrownBy(() -> new CartPole().frameStack(0))
        .isInstanceOf(RetortException.class)
        .hasMessage("CartPole: expected a stack of at least 1 frame, got 0.");
    assertThatThrownBy(() -> new CartPole().actionRepeat(0))
        .hasMessage("CartPole: expected an action to be repeated at least 1 time, got 0.");
    assertThatThrownBy(() -> new CartPole().timeLimit(0))
        .hasMessage("CartPole: expected a time limit of at least 1 step, got 0.");
    assertThatThrownBy(() -> new CartPole().stickyActions(1.5))
        .hasMessage("CartPole: expected the chance of a sticky action to be from 0 to 1, got 1.5.");
  }
}
