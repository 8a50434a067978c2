package dev.retort.option;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelsTest {
  private record Thing(String name, Traits traits) {}

  private static List<String> labels(Thing... things) {
    return Labels.of(List.of(things), Thing::name, Thing::traits);
  }

  private static Traits ppo(long seed) {
    return Traits.of(Traits.ALGORITHM, "PPO").and(Traits.SEED, seed);
  }

  @Test
  void differentNamesStayAsTheyAre() {
    assertThat(labels(new Thing("PPO", ppo(1)), new Thing("DQN", ppo(2))))
        .containsExactly("PPO", "DQN");
  }

  @Test
  void equalNamesAreToldApartByWhatDiffersAndByNothingElse() {
    assertThat(
            labels(
                new Thing("PPO", ppo(1)),
                new Thing("rule", Traits.none()),
                new Thing("PPO", ppo(2))))
        .containsExactly("PPO (seed 1)", "rule", "PPO (seed 2)");
    assertThat(labels(new Thing("PPO", ppo(1)), new Thing("PPO", ppo(1).and("steps", 500))))
        .containsExactly("PPO", "PPO (steps 500)");
    Traits dqn = Traits.of(Traits.ALGORITHM, "DQN").and(Traits.SEED, 7);
    assertThat(labels(new Thing("mine", ppo(1)), new Thing("mine", dqn)))
        .containsExactly("mine (PPO, seed 1)", "mine (DQN, seed 7)");
  }

  @Test
  void whatIsAllTheSameIsNumberedFromOne() {
    assertThat(
            labels(
                new Thing("ppo", Traits.none()),
                new Thing("ppo", Traits.none()),
                new Thing("ppo #1", Traits.none())))
        .containsExactly("ppo #2", "ppo #3", "ppo #1")
        .doesNotHaveDuplicates();
    assertThat(labels(new Thing("a", ppo(1)), new Thing("a", ppo(1)), new Thing("a", ppo(2))))
        .containsExactly("a (seed 1) #1", "a (seed 1) #2", "a (seed 2)");
  }

  @Test
  void threeDifferencesAreSaidAndMoreOnlyWhereTheseDoNotTellApart() {
    Traits first = ppo(1).and("a", 1).and("b", 1).and("c", 1).and("d", 1);
    Traits second = ppo(2).and("a", 2).and("b", 2).and("c", 2).and("d", 2);
    Traits third = second.and("d", 3);
    assertThat(labels(new Thing("x", first), new Thing("x", second)))
        .containsExactly("x (seed 1, a 1, b 1)", "x (seed 2, a 2, b 2)");
    assertThat(labels(new Thing("x", first), new Thing("x", second), new Thing("x", third)))
        .containsExactly(
            "x (seed 1, a 1, b 1, d 1)", "x (seed 2, a 2, b 2, d 2)", "x (seed 2, a 2, b 2, d 3)");
  }

  @Test
  void traitsAreWhatDiffersFromTheDefaultsInReadingOrder() {
    Schema schema = new Schema("ppo");
    Option<Long> steps = schema.whole("steps", 100L).from(1).says("a number");
    schema.whole("epochs", 4).from(1).says("a number");
    Traits traits = ppo(3).and(schema.standard().with(steps, 500L));
    assertThat(traits).hasToString("PPO · seed 3 · steps 500");
    assertThat(traits.beyond("PPO on CartPole, seed 3")).isEqualTo("steps 500");
    assertThat(traits.and("steps", 20_000).beyond("20,000 steps of CartPole from PPO, seed 3"))
        .as("a count may be said before its name")
        .isEmpty();
    assertThat(traits.and("steps", 20_000).beyond("120,000 steps of PPO, seed 3"))
        .isEqualTo("steps 20000");
    assertThat(traits.beyond("PPO (seed 3) on CartPole, seed 31"))
        .as("what is in parentheses is of something else, and 31 is not 3")
        .isEqualTo("seed 3 · steps 500");
    assertThat(
            Traits.of(Traits.ENVIRONMENT, "poles (gravity 9)").beyond("PPO on poles (gravity 9)"))
        .isEmpty();
    JsonObject json = traits.json();
    assertThat(Traits.of(json)).isEqualTo(traits);
    assertThat(json.toString())
        .isEqualTo("{\"algorithm\":\"PPO\",\"seed\":\"3\",\"steps\":\"500\"}");
  }
}
