package dev.retort.teach;

import static dev.retort.Retort.collect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.data.View;
import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.nn.Mlp;
import dev.retort.policy.Actor;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFile;
import dev.retort.policy.Scripted;
import dev.retort.random.RandomStream;
import dev.retort.run.Session;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What learners from a memory see of an observation. */
class SightTest {
  private static final Env WORLD = Environments.get("Geomagnetic").train(2);
  private static final Env CART = Environments.get("CartPole");

  private static NetworkPolicy trained(Algorithm algorithm, Env env) {
    Session session = Session.unwatched(algorithm.columns());
    return (NetworkPolicy) algorithm.train(env, new long[] {3}, session).get(0);
  }

  private static Td3 td3() {
    return new Td3().hidden(8).steps(150).warmUp(50).batchSize(8);
  }

  private static Sac sac() {
    return new Sac().hidden(8).steps(150).warmUp(50).batchSize(8);
  }

  private static Dqn dqn() {
    return new Dqn()
        .network(Mlp.of(8))
        .steps(600)
        .warmUp(50)
        .trainEvery(50)
        .updates(20)
        .batchSize(8);
  }

  static List<OffPolicy<?>> ofNumbers() {
    return List.of(td3(), sac());
  }

  @Test
  void allNumbersByTheirPlacesAreTheWholeObservationBitForBit() {
    View every = View.numbers(0, 1, 2, 3);
    assertThat(trained(dqn().seeing(every), CART).parameters())
        .isEqualTo(trained(dqn(), CART).parameters());
    Env pendulum = Environments.get("Pendulum");
    View three = View.numbers(0, 1, 2);
    assertThat(trained(td3().seeing(three), pendulum).parameters())
        .isEqualTo(trained(td3(), pendulum).parameters());
    assertThat(trained(sac().seeing(three), pendulum).parameters())
        .isEqualTo(trained(sac(), pendulum).parameters());
  }

  @ParameterizedTest
  @MethodSource("ofNumbers")
  void whatIsNotSeenNeitherActsNorTeaches(OffPolicy<?> whole) {
    OffPolicy<?> blind = whole.seeing("goal", "move");
    NetworkPolicy policy = trained(blind, WORLD);
    int inputs = 4 + 5;
    assertThat(policy.size())
        .isEqualTo(blind instanceof Sac ? inputs * 8 + 8 + 36 : inputs * 8 + 8 + 18);
    Policy read = PolicyFile.of(PolicyFile.tensors(policy));
    float[] seen = new float[18];
    float[] hidden = new float[18];
    RandomStream random = RandomStream.of(1, "observations");
    for (int i = 0; i < seen.length; i++) {
      seen[i] = (float) random.nextGaussian();
      boolean isSeen = i < 4 || (i >= 7 && i < 12);
      hidden[i] = isSeen ? seen[i] : (float) random.nextGaussian();
    }
    float[] action = new float[2];
    float[] other = new float[2];
    try (Actor actor = read.actor(1)) {
      actor.greedy(seen, action);
      actor.greedy(hidden, other);
    }
    assertThat(other).isEqualTo(action);
  }

  @Test
  void choicesAreMadeByWhatIsSeenAlone() {
    NetworkPolicy policy = trained(dqn().seeing(View.numbers(0, 2)), CART);
    assertThat(policy.perception().toString()).isEqualTo("numbers:0,2");
    assertThat(policy.perception().sees().size()).isEqualTo(2);
  }

  @Test
  void whatLearnsFromDataSeesNoMoreEither() {
    Dataset data =
        collect(400)
            .from(Scripted.of("left", CART, (seen, action) -> action[0] = seen[2] < 0 ? 0 : 1))
            .on(CART)
            .seed(1)
            .run();
    Dqn learner = new Dqn().network(Mlp.of(8)).steps(50).batchSize(8).from(data);
    View every = View.numbers(0, 1, 2, 3);
    assertThat(trained(learner.seeing(every), CART).parameters())
        .isEqualTo(trained(learner, CART).parameters());
    NetworkPolicy half = trained(learner.seeing(View.numbers(0, 2)), CART);
    assertThat(half.perception().sees().size()).isEqualTo(2);
    assertThat(half.size()).isLessThan(trained(learner, CART).size());
  }

  @Test
  void aWindowIsRefusedAndSaysWhatToDo() {
    assertThatThrownBy(() -> td3().seeing(View.window(4)).require(WORLD))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("td3: expected numbers of the observation for seeing, got window:4");
  }
}
