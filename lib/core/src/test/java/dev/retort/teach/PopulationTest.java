package dev.retort.teach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.retort.MarkdownTable;
import dev.retort.collect.Behavior;
import dev.retort.collect.Collector;
import dev.retort.data.Dataset;
import dev.retort.data.View;
import dev.retort.distribution.SquashedPoint;
import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.env.legs.UniLegs;
import dev.retort.guidance.ResidualGuide;
import dev.retort.nn.Gru;
import dev.retort.nn.ImageCnn;
import dev.retort.nn.Mlp;
import dev.retort.nn.ResidualCnn;
import dev.retort.nn.Transformer;
import dev.retort.nn.Trunk;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFile;
import dev.retort.policy.RandomPolicy;
import dev.retort.run.Curve;
import dev.retort.run.Machine;
import dev.retort.run.Session;
import dev.retort.space.Box;
import dev.retort.store.Tensors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What members of a population, and runs of one process, are to each other: nothing. Whether that
 * holds to the last bit stands in the table of docs/reliability.md, which is read here.
 */
class PopulationTest {
  private static final long[] SEEDS = {3, 4, 5, 6, 7};
  private static final String BITS = "bits";
  private static final String ROUNDING = "rounding";

  /**
   * A learner of the table.
   *
   * @param algorithm with settings so small that a last bit does not grow beyond the tolerance
   */
  private record Learning(Algorithm algorithm, Env env) {
    Learning(Algorithm algorithm, String env) {
      this(algorithm, Environments.get(env));
    }

    Trained by(long... seeds) {
      Session session = Session.unwatched(algorithm.columns());
      return new Trained(algorithm.train(env, seeds, session), session.curve());
    }
  }

  /** The learners, by what the table calls them. */
  private static Map<String, Learning> learnings() {
    Ppo ppo = new Ppo().steps(1_024).environments(4).batchSize(64).epochs(4);
    Ppo rooms = Ppo.preset("FourRooms").network(new ResidualCnn(4, List.of(16))).steps(1_024);
    Dna dna = new Dna().steps(1_024).environments(4).batchSize(64).policyEpochs(4);
    Iter iter = new Iter().steps(1_024).period(512);
    Dqn dqn = new Dqn().steps(600).warmUp(200).trainEvery(100).updates(20);
    Td3 td3 = new Td3().steps(220).warmUp(200);
    Sac sac = new Sac().steps(215).warmUp(200);
    Map<String, Learning> all = new LinkedHashMap<>();
    all.put("`ppo()`", new Learning(ppo, "CartPole"));
    all.put("`ppo().trunk(Trunk.SHARED)`", new Learning(ppo.trunk(Trunk.SHARED), "CartPole"));
    all.put(
        "`ppo().surrogate(Ppo.Surrogate.KL)`",
        new Learning(ppo.surrogate(Ppo.Surrogate.KL), "CartPole"));
    all.put("`ppo().normalized()`", new Learning(ppo.normalized(), "CartPole"));
    all.put("`ppo()`, numbers as actions", new Learning(ppo, "Pendulum"));
    all.put(
        "`ppo().network(cnn(..))`",
        new Learning(rooms.environments(4).rollout(128).batchSize(256), "FourRooms"));
    all.put(
        "`ppo().network(image(..))`",
        new Learning(
            rooms
                .network(ImageCnn.of(List.of(4, 4)).hidden(8).scaled(0.1))
                .environments(4)
                .rollout(128)
                .batchSize(256),
            "FourRooms"));
    Env tokens = new AsTokens(Environments.get("CartPole"));
    Ppo few = ppo.steps(512).rollout(64).epochs(2);
    all.put(
        "`ppo().network(transformer(..))`",
        new Learning(few.network(new Transformer(8, 1, 2)), tokens));
    all.put(
        "`ppo().network(transformer(..).types(2))`",
        new Learning(
            few.network(new Transformer(8, 1, 2).types(2)),
            new AsTokens(Environments.get("CartPole"), 2)));
    all.put("`ppo().network(gru(..))`", new Learning(few.network(new Gru(8)), tokens));
    Ppo window = few.seeing(View.window(4)).criticSeeing(View.window(4));
    all.put("`ppo().seeing(View.window(4))`", new Learning(window, "CartPole"));
    all.put(
        "`ppo().seeing(View.window(4)).network(transformer(..))`",
        new Learning(window.network(new Transformer(8, 1, 2)), "CartPole"));
    all.put(
        "`ppo().seeing(View.window(4)).network(gru(..))`",
        new Learning(window.network(new Gru(8)), "CartPole"));
    all.put("`ppo()`, all at once", new Learning(everything(ppo), "Pendulum"));
    all.put(
        "`ppo().maskedBy(..)`, a robot a seed",
        new Learning(
            ppo.normalized().seeing("command", "joints").maskedBy("present"),
            new UniLegs().with("horizon", 50).train(5).eachTask()));
    all.put("`ppo().networkBonus(0.1)`", new Learning(ppo.networkBonus(0.1), "CartPole"));
    all.put(
        "`ppo().guidedBy(residual(..))`",
        new Learning(ppo.guidedBy(residual("Pendulum")), "Pendulum"));
    all.put("`dna()`", new Learning(dna, "CartPole"));
    all.put("`iter()`", new Learning(iter, "CartPole"));
    all.put("`dqn().hidden(64, 64)`", new Learning(dqn.hidden(64, 64), "CartPole"));
    all.put("`dqn()`", new Learning(dqn, "CartPole"));
    all.put("`dqn().dueling()`", new Learning(dqn.dueling(), "CartPole"));
    all.put("`dqn().nStep(3)`", new Learning(dqn.nStep(3), "CartPole"));
    all.put("`dqn().prioritized()`", new Learning(dqn.prioritized(), "CartPole"));
    all.put("`dqn().normalized()`", new Learning(dqn.normalized(), "CartPole"));
    all.put("`dqn().networkBonus(0.1)`", new Learning(dqn.networkBonus(0.1), "CartPole"));
    all.put("`decisionTransformer()`", sequences());
    all.put("`td3().hidden(64, 64)`", new Learning(td3.hidden(64, 64), "Pendulum"));
    all.put("`td3()`", new Learning(td3, "Pendulum"));
    all.put(
        "`td3().guidedBy(residual(..))`",
        new Learning(td3.guidedBy(residual("Pendulum")), "Pendulum"));
    all.put("`sac().hidden(64, 64)`", new Learning(sac.hidden(64, 64), "Pendulum"));
    all.put("`sac()`", new Learning(sac, "Pendulum"));
    all.put("`es()`", new Learning(new Es().steps(10_000), "CartPole"));
    all.put("`qLearning()`", new Learning(new QLearning().steps(5_000), "FrozenLake"));
    all.put("`delayedQ()`", new Learning(new DelayedQ().steps(5_000), "FrozenLake"));
    all.put("`rMax()`", new Learning(new RMax().steps(5_000), "FrozenLake"));
    return all;
  }

  /** On what was done at random, and looked at once at the end. */
  private static Learning sequences() {
    Env pole = Environments.get("CartPole").lastAction();
    Dataset data =
        new Collector(RandomPolicy.of(pole), pole, new Behavior.Uniform(), 500, 1)
            .run(Session.unwatched("return", "length"));
    DecisionTransformer learning =
        new DecisionTransformer().width(8).layers(1).window(4).batchSize(8).steps(40);
    return new Learning(learning.from(data).evaluateEvery(40).evaluateEpisodes(2), pole);
  }

  /** A base that stays as it is: a line through what it sees, into the bounds of its one action. */
  private static ResidualGuide residual(String name) {
    Env env = Environments.get(name);
    return new ResidualGuide(
        new NetworkPolicy(
            "base",
            env.observations(),
            new SquashedPoint((Box) env.actions()),
            Mlp.of(),
            new float[] {0.3f, -0.6f, -0.2f, 0.1f}));
  }

  /** With everything that is off by default. */
  private static Ppo everything(Ppo ppo) {
    return ppo.normalized()
        .adaptiveRate(0.01)
        .valueClip(0.2)
        .initialDeviation(0.5)
        .bootstrapTimeOuts(false)
        .stagger(50)
        .seeing(View.numbers(0, 1));
  }

  /** Each kind of network, with two hundred updates at least. */
  private static Map<String, Learning> longer() {
    Ppo ppo = new Ppo().steps(1_024).environments(4).batchSize(64);
    Ppo rooms = Ppo.preset("FourRooms").steps(512).environments(4).rollout(128).batchSize(64);
    Env tokens = new AsTokens(Environments.get("CartPole"));
    Ppo few = ppo.steps(512).rollout(64).epochs(26);
    Dqn dqn = new Dqn().steps(1_300).warmUp(200).trainEvery(100).updates(20);
    Map<String, Learning> all = new LinkedHashMap<>();
    all.put("mlp, of PPO", new Learning(ppo.epochs(13), "CartPole"));
    all.put("mlp, of free numbers", new Learning(ppo.epochs(13), "Pendulum"));
    all.put("mlp, dueling", new Learning(dqn.dueling(), "CartPole"));
    all.put("mlp, wide, of SAC", new Learning(new Sac().steps(405).warmUp(200), "Pendulum"));
    all.put("mlp, wide, of TD3", new Learning(new Td3().steps(405).warmUp(200), "Pendulum"));
    all.put(
        "cnn", new Learning(rooms.network(new ResidualCnn(2, List.of(8))).epochs(26), "FourRooms"));
    all.put(
        "image",
        new Learning(
            rooms.network(ImageCnn.of(List.of(4, 4)).hidden(8).scaled(0.1)).epochs(26),
            "FourRooms"));
    all.put("transformer", new Learning(few.network(new Transformer(8, 1, 2)), tokens));
    all.put("gru", new Learning(few.network(new Gru(8)), tokens));
    return all;
  }

  private record Trained(List<Policy> policies, Curve curve) {
    Tensors policy(int member) {
      return PolicyFile.tensors(policies.get(member));
    }

    /** The rows of one member, as if it were alone. */
    double[] rows(int member) {
      double[] all = curve.values();
      int columns = curve.columns().size();
      double[] own = new double[all.length];
      int to = 0;
      for (int at = 0; at < all.length; at += columns) {
        if (all[at + 1] == member) {
          System.arraycopy(all, at, own, to, columns);
          own[to + 1] = 0;
          to += columns;
        }
      }
      return Arrays.copyOf(own, to);
    }

    /** Whether a member has the bits of this one that was trained alone. */
    boolean hasTheBitsOf(Trained together, int member) {
      Tensors one = policy(0);
      Tensors other = together.policy(member);
      return Arrays.equals(rows(0), together.rows(member))
          && one.all().keySet().stream()
              .allMatch(name -> Arrays.deepEquals(array(one, name), array(other, name)));
    }

    private static Object[] array(Tensors tensors, String name) {
      return new Object[] {tensors.all().get(name).array()};
    }
  }

  private static MarkdownTable table() {
    return MarkdownTable.below("reliability.md", "## Populations");
  }

  static List<String> learners() {
    return List.copyOf(learnings().keySet());
  }

  @Test
  void theTableHasEveryLearnerAndSaysBitsOrRounding() {
    assertThat(table().column(0)).containsExactlyElementsOf(learners());
    assertThat(table().rows())
        .allSatisfy(row -> assertThat(row.subList(1, row.size())).isSubsetOf(BITS, ROUNDING));
    assertThat(learnings().values())
        .extracting(learning -> learning.algorithm().name())
        .containsAll(Algorithms.supplied().stream().map(Algorithm::name).toList());
  }

  /** Everywhere up to rounding; to the bit, or not, as the table says of this processor. */
  @Tag("once")
  @Tag("slow")
  @ParameterizedTest
  @MethodSource("learners")
  void aMemberOfAPopulationEqualsTheSameSeedTrainedAlone(String learner) {
    Learning learning = learnings().get(learner);
    Trained together = learning.by(SEEDS);
    boolean bits = true;
    for (int member = 0; member < SEEDS.length; member++) {
      Trained alone = learning.by(SEEDS[member]);
      assertThat(together.rows(member)).isNotEmpty().containsExactly(alone.rows(0), within(1e-6));
      if (alone.policies.get(0) instanceof NetworkPolicy own) {
        NetworkPolicy other = (NetworkPolicy) together.policies.get(member);
        assertThat(distance(other.parameters(), own.parameters())).isLessThanOrEqualTo(1e-5);
      }
      bits &= alone.hasTheBitsOf(together, member);
    }
    String found = bits ? BITS : ROUNDING;
    String processor = Machine.facts().get("cpu");
    int column = table().header().indexOf(processor);
    assumeThat(column)
        .as("a column for %s in the table of docs/reliability.md; found %s", processor, found)
        .isPositive();
    assertThat(found)
        .as("%s on %s; docs/reliability.md says otherwise", learner, processor)
        .isEqualTo(table().rows().get(learners().indexOf(learner)).get(column));
  }

  static List<String> networks() {
    return List.copyOf(longer().keySet());
  }

  /** On the processors of the table, where sums have one order. */
  @Tag("once")
  @Tag("slow")
  @ParameterizedTest
  @MethodSource("networks")
  void twoHundredUpdatesLeaveAMemberTheBitsThatItHasAlone(String network) {
    assumeThat(table().header()).contains(Machine.facts().get("cpu"));
    Learning learning = longer().get(network);
    long[] seeds = Arrays.copyOf(SEEDS, 3);
    Trained together = learning.by(seeds);
    for (int member = 0; member < seeds.length; member++) {
      assertThat(learning.by(seeds[member]).hasTheBitsOf(together, member))
          .as("%s, member %s", network, member)
          .isTrue();
    }
  }

  /** The largest distance between two numbers at one place; NaN where one of them is none. */
  private static double distance(float[] these, float[] those) {
    assertThat(these).hasSameSizeAs(those);
    double largest = 0;
    for (int i = 0; i < these.length; i++) {
      largest = Math.max(largest, Math.abs((double) these[i] - those[i]));
    }
    return largest;
  }

  @Test
  void membersOfAPopulationDifferFromEachOther() {
    Trained together = learnings().get("`ppo()`").by(SEEDS);
    assertThat(together.policy(0).floats("parameters"))
        .isNotEqualTo(together.policy(1).floats("parameters"));
  }

  @Test
  void runsOnTwoThreadsGiveTheBitsThatEachGivesAlone() {
    List<Learning> both =
        List.of(learnings().get("`ppo()`"), learnings().get("`dqn().hidden(64, 64)`"));
    List<Trained> alone = both.stream().map(each -> each.by(8, 9)).toList();
    List<CompletableFuture<Trained>> futures =
        both.stream().map(each -> CompletableFuture.supplyAsync(() -> each.by(8, 9))).toList();
    for (int i = 0; i < both.size(); i++) {
      Trained concurrent = futures.get(i).join();
      assertThat(concurrent.curve.values()).containsExactly(alone.get(i).curve.values());
      for (int member = 0; member < 2; member++) {
        Resumed.same(concurrent.policy(member), alone.get(i).policy(member));
      }
    }
  }
}
