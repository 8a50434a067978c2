package dev.retort.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.collect.Behavior;
import dev.retort.collect.Collector;
import dev.retort.data.Dataset;
import dev.retort.distribution.ActionValues;
import dev.retort.distribution.Categorical;
import dev.retort.distribution.Normal;
import dev.retort.distribution.Product;
import dev.retort.distribution.SquashedNormal;
import dev.retort.env.Env;
import dev.retort.nn.Mlp;
import dev.retort.nn.Output;
import dev.retort.random.RandomStream;
import dev.retort.run.Session;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Group;
import dev.retort.store.Tensors;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies that act by others. */
class CompositeTest {
  private static final Box BOX = Box.of(-1, 1, 2);
  private static final float LOG_3 = (float) Math.log(3);

  /** A normal policy of these means, whatever it sees, with one deviation. */
  private static NetworkPolicy normal(String name, double deviation, float... means) {
    Normal normal = new Normal(BOX);
    float[] parameters = new float[2 * means.length + means.length + means.length];
    System.arraycopy(means, 0, parameters, 2 * means.length, means.length);
    Arrays.fill(parameters, 3 * means.length, parameters.length, (float) Math.log(deviation));
    return new NetworkPolicy(name, Policies.TWO_NUMBERS, normal, Mlp.of(), parameters);
  }

  private static float[] outputs(Policy policy) {
    try (Actor actor = policy.actor(1)) {
      actor.begin(0);
      return actor.outputs(new float[policy.observations().size()]).clone();
    }
  }

  private static float[] probabilities(Policy policy, int choices) {
    float[] p = new float[choices];
    try (Actor actor = policy.actor(1)) {
      actor.probabilities(new float[2], p);
    }
    return p;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.25, 1, 2, 10})
  void logitsAndActionValuesAreDividedByTheTemperature(double temperature) {
    double odds = Math.pow(3, 1 / temperature);
    for (Policy policy :
        List.of(Policies.choosing("logits", 0, LOG_3), Policies.valuing("values", 5, 5 + LOG_3))) {
      float[] p = probabilities(policy.tempered(temperature), 2);
      assertThat((double) p[1] / p[0]).isCloseTo(odds, within(1e-5 * odds));
    }
    assertThat(Policies.valuing("values", 1, 2).tempered(2).distribution())
        .isEqualTo(new Categorical(new Discrete(2)));
  }

  @Test
  void theDeviationOfANormalDistributionGrowsByTheRootOfTheTemperature() {
    // π^(1/T) of exp(−u²/2σ²) is exp(−u²/2Tσ²).
    float[] z = outputs(normal("n", 0.3, 0.2f, -0.4f).tempered(4));
    assertThat(z[0]).isEqualTo(0.2f);
    assertThat(z[1]).isEqualTo(-0.4f);
    assertThat(Math.exp(z[2])).isCloseTo(0.6, within(1e-6));
    assertThat(Math.exp(z[3])).isCloseTo(0.6, within(1e-6));
    Policy squashed =
        new NetworkPolicy(
            "s", Policies.TWO_NUMBERS, new SquashedNormal(BOX), Mlp.of(), new float[12]);
    assertThat(Math.exp(outputs(squashed.tempered(9))[3])).isCloseTo(3, within(1e-6));
  }

  @Test
  void everyPartOfAJointDistributionIsTempered() {
    Joint joint = Joint.of("left", Policies.choosing("l", 0, 4)).and("right", normal("r", 1, 0, 1));
    float[] z = outputs(joint.tempered(4));
    assertThat(z).hasSize(6).startsWith(0, 1, 0, 1);
    assertThat(Math.exp(z[4])).isCloseTo(2, within(1e-6));
  }

  @Test
  void agentsWithActionValuesDrawTogetherToo() {
    Joint joint =
        Joint.of("left", Policies.valuing("l", 0, 4)).and("right", Policies.valuing("r", 1, 1));
    assertThat(joint.distribution().kind()).isEqualTo("point");
    assertThat(outputs(joint.tempered(4))).containsExactly(0, 1, 0.25f, 0.25f);
  }

  @Test
  void whatDrawsNothingHasNoTemperature() {
    Policy rule = Scripted.of("rule", new Clock(), (seen, action) -> {});
    assertThatThrownBy(() -> rule.tempered(2))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "tempered: expected a policy with logits, action values or deviations, got 'rule', a point.");
    assertThatThrownBy(() -> Policies.choosing("p", 0, 1).tempered(0))
        .isInstanceOf(RetortException.class)
        .hasMessage("tempered: expected a temperature above 0, got 0.0.");
  }

  @Test
  void aResidualIsAddedWithinTheBoundsOfTheBase() {
    Policy base = Policies.acting("base", BOX, 0, 100);
    Policy more = Policies.acting("more", Box.of(-0.25f, 0.25f, 2), 100, 100);
    assertThat(outputs(base.plus(more))).containsExactly(0.25f, 1);
    Policy drawn = base.plus(normal("drawn", 0.1, 0.5f, 0.5f));
    float[] z = outputs(drawn);
    assertThat(z).startsWith(0.5f, 1.5f);
    assertThat(Math.exp(z[3])).isCloseTo(0.1, within(1e-6));
    float[] actions = new float[2 * 4000];
    RandomStream[] streams = new RandomStream[4000];
    Arrays.setAll(streams, row -> RandomStream.of(3, "row", row));
    try (Actor actor = drawn.actor(4000)) {
      actor.sample(new float[2 * 4000], streams, actions);
    }
    double sum = 0;
    for (int row = 0; row < 4000; row++) {
      sum += actions[2 * row];
      assertThat(actions[2 * row + 1]).isLessThanOrEqualTo(1);
    }
    // A mean of 4,000 draws of deviation 0.1: four standard errors are 0.0063.
    assertThat(sum / 4000).isCloseTo(0.5, within(0.0063));
  }

  @Test
  void actionValuesAreAddedAsTheyAreMeant(@TempDir Path folder) {
    NetworkPolicy base = Policies.valuing("base", 1, 5, -2);
    ActionValues dueling = ActionValues.dueling(new Discrete(3));
    float[] biases = {0, 0, 0, 0, 0, 0, 3, 6, 0, 0, 0, 10}; // V + A − mean A: 10, 13, 7
    NetworkPolicy more = new NetworkPolicy("more", Policies.TWO_NUMBERS, dueling, Mlp.of(), biases);
    assertThat(outputs(more)).containsExactly(3, 6, 0, 10);
    Policy sum = base.plus(more, 0.5);
    assertThat(outputs(sum)).containsExactly(6, 11.5f, 1.5f);
    assertThat(sum.distribution()).isEqualTo(new ActionValues(new Discrete(3)));
    assertThat(sum).hasToString("base plus 0.5 × more");
    Path file = folder.resolve("sum.safetensors");
    sum.save(file);
    assertThat(outputs(PolicyFile.open(file))).containsExactly(6, 11.5f, 1.5f);
    assertThat(base.discounting(0.9).plus(more).discount()).hasValue(0.9);
    assertThat(base.discounting(0.9).plus(more.discounting(0.8)).discount()).isEmpty();
    assertThatThrownBy(() -> base.plus(Policies.choosing("logits", 0, 1, 2)))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "plus: expected action values of 3 choices, as 'base' has, got 'logits', a categorical over 3 choices.");
    assertThatThrownBy(() -> base.plus(Policies.valuing("two", 1, 2)))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("got 'two', a values over 2 choices.");
  }

  @Test
  void whatIsAddedIsMultipliedByItsScale() {
    Policy base = Policies.acting("base", BOX, 0, 100);
    Policy more = Policies.acting("more", BOX, 100, -100);
    Policy half = base.plus(more, 0.5);
    assertThat(outputs(half)).containsExactly(0.5f, 0.5f);
    assertThat(half).hasToString("base plus 0.5 × more");
    float[] z = outputs(base.plus(normal("drawn", 0.1, 0.4f, 0.5f), 2));
    assertThat(z).startsWith(0.8f, 2);
    assertThat(Math.exp(z[2])).isCloseTo(0.2, within(1e-6));
    assertThatThrownBy(() -> base.plus(more, 0))
        .isInstanceOf(RetortException.class)
        .hasMessage("plus: expected a scale above 0, got 0.0.");
  }

  @Test
  void aFileOfBeforeHasNoScaleAndAddsAll() {
    Policy base = Policies.acting("base", BOX, 0, 100);
    Policy more = Policies.acting("more", BOX, 0.5f, -0.5f);
    Tensors before =
        new Tensors()
            .describe("kind", "policy")
            .describe("name", "base plus more")
            .describe("made", "residual")
            .describe("policies", "2")
            .putAll("policy0", PolicyFile.tensors(base))
            .putAll("policy1", PolicyFile.tensors(more));
    assertThat(outputs(PolicyFile.of(before))).isEqualTo(outputs(base.plus(more)));
  }

  @Test
  void choicesCannotBeAdded() {
    Policy choosing = Policies.choosing("choosing", 0, 1);
    assertThatThrownBy(() -> Policies.acting("base", BOX, 0, 0).plus(choosing))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "plus: expected policies whose actions are as many numbers, got 'base' with 2 numbers and 'choosing' with 2 choices.");
    Policy random = new RandomPolicy(Policies.TWO_NUMBERS, BOX);
    assertThatThrownBy(() -> Policies.acting("base", BOX, 0, 0).plus(random))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "plus: expected policies that prefer an action, got 'random', which draws all of its.");
  }

  @Test
  void inEveryEpisodeTheSecondPolicyActsAfterTheStepsOfTheFirst() {
    Env clock = new Clock();
    Policy two = Scripted.of("two", clock, (seen, action) -> action[0] = 2);
    Policy switching = two.until(5, Clock.counter());
    assertThat(switching.memory()).isEqualTo(2);
    assertThat(switching).hasToString("two until step 5, then counter");
    Dataset data =
        new Collector(switching, clock, new Behavior.Greedy(), 1003, 3)
            .run(Session.unwatched("return", "length"));
    assertThat(data.episodes()).isGreaterThan(50);
    for (int episode = 0; episode < data.episodes(); episode++) {
      for (int row = data.start(episode); row < data.end(episode); row++) {
        int step = row - data.start(episode);
        assertThat(data.taken()[row]).isEqualTo(step < 5 ? 2 : (step - 5) % 3);
      }
    }
  }

  @Test
  void policiesOfDifferentKindsCannotTakeTurns() {
    Policy values = Policies.valuing("values", 0, 1);
    Policy logits = Policies.choosing("logits", 0, 1);
    assertThatThrownBy(() -> values.until(3, logits))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "until: expected policies with one kind of distribution, got 'values' with values over 2 choices and 'logits' with categorical over 2 choices.");
    assertThat(values.tempered(1).until(3, logits).memory()).isEqualTo(1);
    Policy random = new RandomPolicy(Policies.TWO_NUMBERS, new Discrete(2));
    assertThatThrownBy(() -> random.until(3, logits))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "until: expected policies that all prefer actions or all draw them, got 'random' and 'logits'.");
    assertThatThrownBy(() -> logits.until(0, logits))
        .isInstanceOf(RetortException.class)
        .hasMessage("until: expected 1 to 16777216 steps, got 0.");
    Policy elsewhere =
        new NetworkPolicy(
            "elsewhere", Box.of(0, 1, 3), logits.distribution(), Mlp.of(), new float[8]);
    assertThatThrownBy(() -> logits.until(3, elsewhere))
        .isInstanceOf(RetortException.class)
        .hasMessageStartingWith("until: expected policies that see what 'logits' sees, from ");
  }

  /** Adds 1 to its memory at every step, and gives the sum of that and what it sees. */
  private static Scripted adding(String name, float stride) {
    return new Scripted(
        name,
        Policies.TWO_NUMBERS,
        Box.of(-1000, 1000, 1),
        1,
        (seen, memory, action) -> {
          memory[0] += stride;
          action[0] = memory[0] + seen[0];
        });
  }

  @Test
  void ofEveryRowTheTeacherOfItsTaskActsAndRemembers() {
    Policy both =
        Policy.ofTask(List.of(adding("ones", 1), adding("tens", 10)), seen -> (int) seen[1]);
    assertThat(both.memory()).isEqualTo(2);
    float[] seen = {0, 1, 100, 0, 200, 1, 300, 1};
    float[] actions = new float[4];
    try (Actor actor = both.actor(4)) {
      for (int row = 0; row < 4; row++) {
        actor.begin(row);
      }
      for (int step = 1; step < 5; step++) {
        actor.greedy(seen, actions);
        assertThat(actions)
            .containsExactly(10 * step, 100 + step, 200 + 10 * step, 300 + 10 * step);
      }
      actor.placing(row -> "row " + row);
      seen[5] = 7;
      assertThatThrownBy(() -> actor.greedy(seen, actions))
          .isInstanceOf(RetortException.class)
          .hasMessage("policy 'ones or tens': expected a task from 0 to 1, got 7 (row 2).");
    }
  }

  @Test
  void whatIsNoNumberIsToldOfThePolicyAndTheRowWhereItWasMet() {
    Policy odd =
        new Scripted(
            "odd",
            Policies.TWO_NUMBERS,
            Box.of(-1000, 1000, 1),
            (seen, action) -> action[0] = seen[0] == 3 ? Float.NaN : 0);
    Policy both = Policy.ofTask(List.of(adding("ones", 1), odd), seen -> (int) seen[1]);
    try (Actor actor = both.actor(3)) {
      for (int row = 0; row < 3; row++) {
        actor.begin(row);
      }
      actor.placing(row -> "row " + row);
      assertThatThrownBy(() -> actor.greedy(new float[] {0, 0, 3, 0, 3, 1}, new float[3]))
          .isInstanceOf(RetortException.class)
          .hasMessage(
              "policy 'odd': expected an action of 1 number with number 0 in [-1000.0, 1000.0], got [NaN] (row 2).");
    }
    Policy values = Policies.valuing("values", 0, Float.NaN);
    Joint joint = Joint.of("left", values).and("right", adding("ones", 1));
    assertThatThrownBy(() -> outputs(joint))
        .isInstanceOf(RetortException.class)
        .hasMessage("policy 'values': expected finite outputs, got NaN as output 1 of 2.");
  }

  @Test
  void agentsSeeAndDoTheirPartsOfAGroup() {
    Joint joint =
        Joint.of("first", adding("ones", 1))
            .and("second", Policies.choosing("right", 0, 1))
            .and("third", adding("tens", 10));
    assertThat(joint.observations())
        .isEqualTo(
            Group.of("first", Policies.TWO_NUMBERS)
                .and("second", Policies.TWO_NUMBERS)
                .and("third", Policies.TWO_NUMBERS));
    assertThat(joint.memory()).isEqualTo(2);
    float[] seen = {1, 0, 0, 0, 5, 0, 2, 0, 0, 0, 6, 0};
    float[] actions = new float[6];
    try (Actor actor = joint.actor(2)) {
      actor.begin(0);
      actor.begin(1);
      for (int step = 1; step < 4; step++) {
        actor.greedy(seen, actions);
        assertThat(actions).containsExactly(1 + step, 1, 5 + 10 * step, 2 + step, 1, 6 + 10 * step);
      }
    }
  }

  @Test
  void agentsWithDensitiesDrawIndependently() {
    Joint joint = Joint.of("l", Policies.choosing("a", 0, LOG_3)).and("r", normal("b", 1, 0, 0));
    assertThat(joint.distribution()).isInstanceOf(Product.class);
    assertThat(Output.names(joint.outputs()))
        .containsExactly("l.logits", "r.mean", "r.log-deviation");
    int rows = 10_000;
    RandomStream[] streams = new RandomStream[rows];
    Arrays.setAll(streams, row -> RandomStream.of(3, "row", row));
    float[] actions = new float[3 * rows];
    try (Actor actor = joint.actor(rows)) {
      actor.sample(new float[4 * rows], streams, actions);
    }
    double ones = 0;
    for (int row = 0; row < rows; row++) {
      ones += actions[3 * row];
    }
    // Four standard deviations of 10,000 draws with p = 3/4 are 0.0173.
    assertThat(ones / rows).isCloseTo(0.75, within(0.0173));
    assertThatThrownBy(() -> joint.and("l", Policies.choosing("c", 0, 1)))
        .isInstanceOf(RetortException.class)
        .hasMessage("joint: expected a new agent, got 'l' twice.");
    assertThatThrownBy(() -> new Joint(Map.of()))
        .isInstanceOf(RetortException.class)
        .hasMessage("joint: expected at least one agent, got none.");
  }

  static List<Policy> numbers() {
    NetworkPolicy a = Policies.choosing("a", 0, LOG_3);
    NetworkPolicy b = Policies.choosing("b", 2, 1);
    Policy values = Policies.valuing("values", 1, 2);
    Policy base = Policies.acting("base", BOX, 0.5f, -0.5f);
    return List.of(
        a.tempered(2),
        values.tempered(0.5),
        a.until(1, b),
        a.until(1, values.tempered(3)).tempered(2),
        base.plus(normal("n", 0.3, 0.1f, 0.2f)),
        base.plus(normal("n", 0.3, 0.1f, 0.2f), 0.5),
        base.plus(Policies.acting("more", BOX, 0.5f, -0.5f)),
        Joint.of("left", a.until(2, b)).and("right", base));
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void whatIsMadeOfNumbersComesBackFromItsFile(Policy policy, @TempDir Path folder) {
    Path file = folder.resolve("policy.safetensors");
    policy.save(file);
    assertThat(PolicyFile.isNumbers(policy)).isTrue();
    Policy again = PolicyFile.open(file);
    assertThat(again).hasToString(policy.toString());
    assertThat(again.distribution()).isEqualTo(policy.distribution());
    assertThat(again.observations()).isEqualTo(policy.observations());
    float[] seen = new float[policy.observations().size()];
    try (Actor one = policy.actor(1);
        Actor two = again.actor(1)) {
      one.begin(0);
      two.begin(0);
      for (int step = 0; step < 4; step++) {
        assertThat(two.outputs(seen)).isEqualTo(one.outputs(seen));
      }
    }
  }

  @Test
  void whatANewerVersionMadeIsRefused() {
    Tensors tensors = PolicyFile.tensors(Policies.choosing("a", 0, 1).tempered(2));
    tensors.describe("made", "stirred");
    assertThatThrownBy(() -> PolicyFile.of(tensors))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "open policy: expected one that is tempered, switching, residual, joint, constrained, averaged, got 'stirred'. Take a newer version of Retort.");
  }

  @Test
  void whatIsMadeOfCodeIsNotWritten(@TempDir Path folder) {
    Policy a = Policies.choosing("a", 0, 1);
    Policy either = Policy.ofTask(List.of(a, a), seen -> 0);
    assertThat(PolicyFile.isNumbers(either)).isFalse();
    assertThatThrownBy(() -> either.save(folder.resolve("file.safetensors")))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "save policy 'a or a': expected policies without code, got a function that reads the task. Save each of them.");
    Policy rules = adding("ones", 1).until(3, adding("tens", 10));
    assertThat(PolicyFile.isNumbers(rules)).isFalse();
    assertThatThrownBy(() -> rules.save(folder.resolve("file.safetensors")))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "save policy 'ones': expected a network, an ensemble of networks or a table, got Scripted, which is code.");
  }

  @Test
  void itIsAtHomeWhereItsPoliciesAre() {
    Provenance clock = Provenance.in(new Clock());
    Policy a = Policies.choosing("a", 0, 1).made(clock);
    assertThat(a.tempered(2).origin().homes()).isEqualTo(clock.homes());
  }
}
