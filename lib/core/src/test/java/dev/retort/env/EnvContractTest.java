package dev.retort.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.retort.env.agents.FillIn;
import dev.retort.env.control.Acrobot;
import dev.retort.env.control.CartPole;
import dev.retort.env.control.MountainCar;
import dev.retort.env.control.MountainCarContinuous;
import dev.retort.env.control.Pendulum;
import dev.retort.env.grid.FourRooms;
import dev.retort.env.grid.GoalRooms;
import dev.retort.env.reach.Reacher;
import dev.retort.random.RandomStream;
import dev.retort.run.Parallel;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Group;
import dev.retort.space.Space;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class EnvContractTest {
  @Test
  void everyBuiltInEnvironmentKeepsTheContract() {
    List<Env> all = new ArrayList<>(Environments.all());
    all.add(new CartPole().with("gravity", 1.62));
    all.add(new FourRooms().train(200));
    all.add(new FourRooms().with("rooms", 4).reachable(7));
    all.add(new FourRooms().with("rooms", 4).with("egocentric", 1).train(50));
    all.add(new FourRooms().with("rooms", 3).with("tasksPerTopology", 3).test(60));
    all.add(new FourRooms().with("rooms", 2));
    all.add(new FourRooms().with("rooms", 2).frameStack(2));
    all.add(new FourRooms().with("rooms", 3).train(5).task(2).stickyActions(0.5));
    all.add(new GoalRooms().with("successRate", 0.8).with("skew", 2).train(300));
    all.add(new GoalRooms().with("rooms", 2).with("goals", 16).test(9));
    all.add(new GoalRooms().validation(9).task(3));
    all.add(new CartPole().timeLimit(120).actionRepeat(4).stickyActions(0.25).frameStack(3));
    all.add(new CartPole().frameStack(2).lastAction().stickyActions(0.25));
    all.add(new Pendulum().varying("mass", 1, 2).train(3).lastAction());
    all.add(new Pendulum().lastAction().lastReward());
    all.add(new FillIn().lastAction().lastReward());
    all.add(new CartPole().frameStack(2).varying("force", 5, 15).train(9));
    all.add(new CartPole().varying("noise", 0, 5).varying("tau", 0.01, 0.03));
    all.add(new Pendulum().with("noise", 0.5).stickyActions(1));
    all.add(new MountainCar().with("noise", 0.001));
    all.add(new MountainCarContinuous().with("noise", 0.001).actionRepeat(7));
    all.add(new Acrobot().with("noise", 1).with("length1", 0.6).with("height", 0.8));
    all.add(new Reacher().seeing(Reacher.Sight.VELOCITIES));
    all.add(new Reacher().narrowed(Reacher.Part.SYMMETRIC, 16));
    all.add(new Reacher().symmetry(4).narrowed(Reacher.Part.SWEEP, 360));
    all.add(Environments.get("RobotRooms-humanoid").with("fallsAbove", 1_000));
    for (Env env : all) {
      for (long seed = 0; seed < 3; seed++) {
        EnvContract report = EnvContract.check(env, seed);
        assertThat(report.findings()).as(report.toString()).isEmpty();
        assertThat(report.steps())
            .as("%s; a humanoid that is told anything falls at once", report)
            .isGreaterThan(10);
      }
    }
  }

  @Test
  void aUsersTwentyFiveLinesKeepTheContract() {
    EnvContract report = EnvContract.check(new Corridor(5), 0);
    assertThat(report.ok()).isTrue();
    assertThat(report.toString()).startsWith("Corridor keeps the contract (8 episodes, ");
  }

  @Test
  void continuousAndGroupedActionsAreProbedBeyondTheirBounds() {
    assertThat(EnvContract.check(new Slide(), 0).findings()).isEmpty();
    Env unclipped =
        new Slide() {
          @Override
          public double step(double[] state, float[] action, RandomStream random) {
            state[0] = Math.sqrt(1 - action[0]) * Math.sqrt(1 + action[0]);
            return 0;
          }
        };
    assertThat(texts(unclipped))
        .containsExactly(
            "step at step 1: expected state[0] to be finite, got NaN",
            "observe at step 1: expected observation[0] to be finite, got NaN");
  }

  // ---- breaches, one each

  @Test
  void rewardsThatAreNotFiniteAreFound() {
    Env broken =
        new Slide() {
          @Override
          public double step(double[] state, float[] action, RandomStream random) {
            super.step(state, action, random);
            return Double.NaN;
          }
        };
    assertThat(texts(broken))
        .containsExactly("step at step 1: expected reward to be finite, got NaN");
  }

  @Test
  void observationsOutsideOfTheirSpaceAreFound() {
    Env broken =
        new Slide() {
          @Override
          public void observe(double[] state, float[] observation) {
            observation[0] = 7;
            observation[1] = 0;
          }
        };
    assertThat(texts(broken))
        .containsExactly(
            "observe at step 0: expected observation[0] to be in [-2.0, 2.0], got 7.0");
  }

  @Test
  void entriesThatAreNotWrittenAreFound() {
    Env broken =
        new Slide() {
          @Override
          public void observe(double[] state, float[] observation) {
            observation[0] = (float) state[0];
          }

          @Override
          public void reset(double[] state, RandomStream random) {
            state[1] = 0;
          }
        };
    assertThat(texts(broken))
        .contains(
            "reset at step 0: expected state[0] to be written, got its old content",
            "observe at step 0: expected observation[1] to be written, got its old content");
  }

  @Test
  void observationsThatAreTooLongAreFound() {
    Env broken =
        new Slide() {
          @Override
          public void observe(double[] state, float[] observation) {
            observation[2] = 0;
          }
        };
    assertThat(texts(broken))
        .containsExactly(
            "observe at step 0: expected the call to return, got ArrayIndexOutOfBoundsException: Index 2 out of bounds for length 2");
  }

  @Test
  void scratchThatAllThreadsShareIsFound() {
    assumeTrue(Parallel.cores() > 1);
    CyclicBarrier both = new CyclicBarrier(2);
    double[] shared = new double[1];
    Env broken =
        new Slide() {
          @Override
          public double step(double[] state, float[] action, RandomStream random) {
            shared[0] = state[0];
            meet(both);
            double reward = super.step(state, action, random);
            return reward + shared[0];
          }
        };
    assertThat(texts(broken))
        .singleElement(InstanceOfAssertFactories.STRING)
        .matches(
            "at once at step \\d+: expected reward to stay .* on several threads at once, got .*");
  }

  /** Lets another thread do the same at the same time, if there is one. */
  private static void meet(CyclicBarrier both) {
    try {
      both.await(1, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | BrokenBarrierException e) {
      both.reset(); // nobody else is here
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatLiesBeyondTheStateIsLeftAlone() {
    Env broken =
        new Slide() {
          @Override
          public void reset(double[] state, RandomStream random) {
            Arrays.fill(state, 0);
          }
        };
    assertThat(texts(broken))
        .containsExactly(
            "a longer array at step 0: expected state[2] to stay 0.25 beyond stateSize(), got 0.0");
  }

  @Test
  void observingMustNotChangeTheState() {
    Env broken =
        new Slide() {
          @Override
          public void observe(double[] state, float[] observation) {
            super.observe(state, observation);
            state[1] = 5;
          }
        };
    assertThat(texts(broken))
        .contains(
            "observe at step 0: expected state[1] to stay 0.0 when observed, got 5.0",
            "observe at step 0: expected observation[1] to stay 0.0 for the same input, got 1.0");
  }

  @Test
  void drawingMustNotChangeTheStateNorThrow() {
    Env changes =
        new Slide() {
          @Override
          public void draw(double[] state, Graphics2D canvas, int width, int height) {
            state[1] = 0.5;
          }
        };
    assertThat(texts(changes))
        .containsExactly("draw at step 0: expected state[1] to stay 0.0 when drawn, got 0.5");
    Env throwsIt =
        new Slide() {
          @Override
          public void draw(double[] state, Graphics2D canvas, int width, int height) {
            throw new IllegalStateException("no display");
          }
        };
    assertThat(texts(throwsIt))
        .containsExactly(
            "draw at step 0: expected the call to return, got IllegalStateException: no display");
  }

  @Test
  void chanceThatDoesNotComeFromTheStreamIsFound() {
    Env broken =
        new Slide() {
          private int calls;

          @Override
          public double step(double[] state, float[] action, RandomStream random) {
            super.step(state, action, random);
            return calls++;
          }
        };
    assertThat(texts(broken))
        .containsExactly("step at step 1: expected reward to stay 0.0 for the same input, got 1.0");
  }

  @Test
  void whatIsRememberedFromTheBeginningOfAnEpisodeIsFound() {
    Env broken =
        new Slide() {
          private double goal;

          @Override
          public void reset(double[] state, RandomStream random) {
            super.reset(state, random);
            goal = Math.rint(1000 * random.nextDouble());
          }

          @Override
          public double step(double[] state, float[] action, RandomStream random) {
            super.step(state, action, random);
            return goal;
          }
        };
    assertThat(texts(broken)).hasSize(1);
    assertThat(texts(broken).get(0))
        .matches(
            "replay at step \\d+: expected reward to stay \\d+\\.0 when replayed, got \\d+\\.0");
  }

  @Test
  void actionsThatAreChangedAreFound() {
    Env broken =
        new Slide() {
          @Override
          public double step(double[] state, float[] action, RandomStream random) {
            super.step(state, action, random);
            action[0] = 9;
            return 0;
          }
        };
    assertThat(texts(broken)).hasSize(1);
    assertThat(texts(broken).get(0))
        .matches(
            "step at step 1: expected action\\[0] to stay -?0\\.\\d+ after the step, got 9\\.0");
  }

  @Test
  void tasksThatAreOverInTheBeginningAreFound() {
    Env broken =
        new Slide() {
          @Override
          public boolean terminated(double[] state) {
            return true;
          }
        };
    assertThat(texts(broken))
        .containsExactly(
            "terminated at step 0: expected terminated to be false in the beginning, got true");
  }

  @Test
  void definitionsThatCannotBeAreFound() {
    Env broken =
        new Slide() {
          @Override
          public int horizon() {
            return 0;
          }

          @Override
          public double aspect() {
            return -1;
          }

          @Override
          public String name() {
            return " ";
          }
        };
    assertThat(texts(broken))
        .containsExactly(
            "definition: expected name not to be blank, got a blank one",
            "definition: expected horizon to be at least 1, got 0",
            "definition: expected aspect to be positive, got -1.0");
  }

  @Test
  void contextsThatAreAllTheSameAreFound() {
    Env broken =
        new Slide() {
          @Override
          public int contexts() {
            return 20;
          }
        };
    assertThat(texts(broken))
        .containsExactly(
            "contexts: expected their initial states to differ, got the same in all that were tried");
  }

  @Test
  void splitsThatShareContextsAreFound() {
    assertThat(texts(new Sharing(100)))
        .containsExactly(
            "splits: expected train and validation to share no context, got validation context 0",
            "splits: expected train and test to share no context, got test context 0");
  }

  @Test
  void parametersThatDoNotHoldAreFound() {
    Env broken =
        new Slide() {
          @Override
          public Map<String, Double> parameters() {
            return Map.of("mass", 1.0);
          }

          @Override
          public Env with(String parameter, double value) {
            return new Slide();
          }
        };
    assertThat(texts(broken))
        .containsExactly(
            "parameters: expected mass to stay {mass=1.0}, got {}",
            "parameters: expected 'no such parameter' to be refused, got an environment");
  }

  @Test
  void reportsFitIntoTwelveLinesOfEightyColumns() {
    List<EnvContract.Finding> many = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      many.add(
          new EnvContract.Finding("step", i, "state[" + i + "]", "to be finite", "x".repeat(99)));
    }
    String text = new EnvContract("Broken", 0, 3, 40, many).toString();
    assertThat(text.lines()).hasSize(12).allMatch(line -> line.length() <= 80);
    assertThat(text).startsWith("Broken breaks the contract in 30 ways (3 episodes, 40 steps)\n");
    assertThat(text).endsWith("\n  and 20 more");
  }

  private static List<String> texts(Env env) {
    return EnvContract.check(env, 0).findings().stream()
        .map(EnvContract.Finding::toString)
        .toList();
  }

  /** A sound environment with two continuous actions and a switch, to be broken. */
  private static class Slide implements Env {
    @Override
    public String name() {
      return "Slide";
    }

    @Override
    public Space observations() {
      return Box.of(-2, 2, 2);
    }

    @Override
    public Space actions() {
      return Group.of("push", Box.of(-1, 1, 1)).and("switch", new Discrete(2));
    }

    @Override
    public int horizon() {
      return 20;
    }

    @Override
    public int stateSize() {
      return 2;
    }

    @Override
    public void reset(double[] state, RandomStream random) {
      state[0] = random.nextDouble();
      state[1] = 0;
    }

    @Override
    public double step(double[] state, float[] action, RandomStream random) {
      double push = Math.max(-1, Math.min(1, action[0]));
      state[0] = Math.max(-2, Math.min(2, state[0] + 0.1 * push));
      state[1] = action[1];
      return 0;
    }

    @Override
    public boolean terminated(double[] state) {
      return false;
    }

    @Override
    public void observe(double[] state, float[] observation) {
      observation[0] = (float) state[0];
      observation[1] = (float) (state[1] == 0 ? 0 : 1);
    }
  }

  /** A family whose splits all begin with the same contexts. */
  private static final class Sharing extends Slide {
    private final int contexts;

    Sharing(int contexts) {
      this.contexts = contexts;
    }

    @Override
    public int contexts() {
      return contexts;
    }

    @Override
    public void reset(int context, double[] state, RandomStream random) {
      state[0] = context / 100.0;
      state[1] = 0;
    }

    @Override
    public Env split(Split split, int count) {
      return new Sharing(count);
    }
  }
}
