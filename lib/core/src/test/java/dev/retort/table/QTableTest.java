package dev.retort.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.InEveryLocale;
import dev.retort.RetortException;
import dev.retort.random.RandomStream;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.store.Tensors;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@InEveryLocale
class QTableTest {
  private static QTable exact(int numbers) {
    return new QTable(numbers, 2, 0, Optional.empty());
  }

  @Test
  void statesAreFoundAsAMapOfTheirNumbersFindsThem() {
    RandomStream random = RandomStream.of(3, "keys");
    QTable table = exact(3);
    Map<List<Float>, Integer> expected = new HashMap<>();
    int again = 0;
    for (int i = 0; i < 20_000; i++) {
      // Small whole numbers at first, which take a byte each, then halves, then large ones.
      float scale = i < 8_000 ? 1 : i < 14_000 ? 0.5f : 1e6f;
      float[] seen = new float[5];
      for (int j = 1; j < 4; j++) {
        seen[j] = scale * (random.nextInt(18) - 9);
      }
      List<Float> key = List.of(seen[1] + 0f, seen[2] + 0f, seen[3] + 0f);
      Integer known = expected.putIfAbsent(key, expected.size());
      again += known == null ? 0 : 1;
      assertThat(table.find(seen, 1)).isEqualTo(known == null ? -1 : known);
      assertThat(table.state(seen, 1)).isEqualTo(expected.get(key));
    }
    assertThat(table.states()).isEqualTo(expected.size()).isGreaterThan(5_000);
    assertThat(again).isGreaterThan(3_000);
    float[] seen = new float[3];
    expected.forEach(
        (key, state) -> {
          table.observation(state, seen);
          assertThat(List.of(seen[0], seen[1], seen[2])).isEqualTo(key);
        });
  }

  @Test
  void aZeroIsAZeroWhateverItsSign() {
    QTable table = exact(1);
    assertThat(table.state(new float[] {-0f}, 0)).isZero();
    assertThat(table.find(new float[] {0f}, 0)).isZero();
    assertThat(table.find(new float[] {Float.MIN_VALUE}, 0)).isEqualTo(-1);
    assertThat(table.find(new float[] {Float.NaN}, 0)).isEqualTo(-1);
  }

  @Test
  void whatWasNeverLearnedIsToldFromWhatIsWorthNothing() {
    QTable table = new QTable(1, 2, 5, Optional.empty());
    for (int state = 0; state < 40; state++) {
      table.state(new float[] {state}, 0);
    }
    assertThat(table.value(39, 1)).isEqualTo(5);
    table.learn(39, 1, 0, 1);
    table.learn(39, 1, 8, 0.25);
    assertThat(table.value(39, 1)).isEqualTo(2);
    assertThat(table.visits(39, 1)).isEqualTo(2);
    assertThat(table.isSeen(39, 1)).isTrue();
    assertThat(table.isSeen(39, 0)).isFalse();
    assertThat(table.best(39)).isEqualTo(5);
    assertThat(table.seen()).isEqualTo(1);
    assertThat(table).hasToString("40 states of 1 numbers, 2 actions, 1 values learned");
  }

  @Test
  void aTableIsReadBackWithEverythingAndGoesItsOwnWay() {
    Bins bins = new Bins(List.of(4, 3), List.of(-1.0, 0.0), List.of(1.0, 3.0));
    for (Optional<Discretization> cells :
        List.of(Optional.<Discretization>empty(), Optional.<Discretization>of(bins))) {
      QTable table = new QTable(2, 3, -1, cells);
      for (float x = 0; x < 2; x += 0.25f) {
        int state = table.state(new float[] {x, 2 * x}, 0);
        table.learn(state, 1, x, 0.5);
      }
      QTable copy = table.copy();
      assertThat(copy.states()).isEqualTo(table.states());
      assertThat(copy.cells()).isEqualTo(table.cells());
      assertThat(copy.initial()).isEqualTo(-1);
      for (int state = 0; state < table.states(); state++) {
        assertThat(copy.value(state, 1)).isEqualTo(table.value(state, 1));
        assertThat(copy.visits(state, 1)).isEqualTo(table.visits(state, 1)).isPositive();
        assertThat(copy.visits(state, 0)).isZero();
      }
      int known = table.states();
      copy.state(new float[] {-1, 0}, 0);
      copy.learn(0, 0, 9, 1);
      assertThat(table.states()).isEqualTo(known);
      assertThat(table.value(0, 0)).isEqualTo(-1);
    }
  }

  @Test
  void binsAreEqualAndTheOutermostGoOnForEver() {
    Bins bins = Bins.of(Box.of(-1, 1, 2), List.of(4), List.of(), List.of(1.0, 3.0));
    assertThat(bins.cell(new float[] {9, -1, -1}, 1, 0)).containsExactly(0, 0);
    assertThat(bins.cell(new float[] {-0.01f, 1.01f}, 0, 0)).containsExactly(1, 2);
    assertThat(bins.cell(new float[] {1, Float.POSITIVE_INFINITY}, 0, 0)).containsExactly(3, 3);
    assertThat(bins.cell(new float[] {-1e30f, -1e30f}, 0, 0)).containsExactly(0, 0);
    float[] middle = new float[2];
    bins.middle(new float[] {0, 3}, middle);
    assertThat(middle).containsExactly(new float[] {-0.75f, 2.5f}, within(1e-6f));
    assertThat(bins.cell(middle, 0, 0)).containsExactly(0, 3);
  }

  @Test
  void binsThatCutNothingAreRefused() {
    refused(
        () -> Bins.of(new Discrete(4), List.of(3), List.of(), List.of()),
        "bins: expected an array of numbers to discretize, got 4 choices. Leave the bins out.");
    refused(
        () -> Bins.of(Box.of(0, Float.POSITIVE_INFINITY, 2), List.of(3), List.of(), List.of()),
        "bins: expected finite bounds, low below high, got 0.0 to Infinity (number 0 of an observation). Give both: low(..) and high(..).");
    refused(
        () -> Bins.of(Box.of(0, 1, 3), List.of(3, 4), List.of(), List.of()),
        "bins: expected 1 for all numbers of an observation or 3, one for each, got 2.");
    refused(
        () -> Bins.of(Box.of(0, 1, 1), List.of(3), List.of(2.0), List.of()),
        "bins: expected finite bounds, low below high, got 2.0 to 1.0 (number 0 of an observation). Give both: low(..) and high(..).");
  }

  @Test
  void aFileThatIsNoTableIsRefused() {
    QTable table = exact(1);
    table.state(new float[] {1}, 0);
    table.state(new float[] {2}, 0);
    refused(
        () -> QTable.of(table.save().put("values", new double[4], 4, 1)),
        "table: expected values and visits of shape (2, actions), got [4, 1] and [2, 2].");
    refused(
        () -> QTable.of(table.save().put("values", new double[] {0, 0, Double.NaN, 0}, 2, 2)),
        "table: expected finite values, got NaN (state 1, action 0).");
    refused(
        () -> QTable.of(table.save().put("keys.bytes", new byte[] {7, 7}, 2, 1)),
        "table: expected keys that differ, got state 1 a second time ([7.0]).");
    Tensors saved = table.save();
    saved.putAll("cells", new Bins(List.of(2, 2), List.of(0.0, 0.0), List.of(1.0, 1.0)).save());
    refused(() -> QTable.of(saved), "table: expected cells named by 1 numbers, got 2.");
  }

  private static void refused(Runnable deed, String message) {
    assertThatThrownBy(deed::run).isInstanceOf(RetortException.class).hasMessage(message);
  }

  @Test
  void aRowOfManyNumbersTakesAByteEachWhileTheyAreSmall() {
    QTable table = exact(1_000);
    float[] seen = new float[1_000];
    Arrays.fill(seen, 10);
    table.state(seen, 0);
    assertThat(table.save().bytes("keys.bytes")).hasSize(1_000).containsOnly(10);
    seen[999] = 0.5f;
    table.state(seen, 0);
    assertThat(table.save().floats("keys.floats")).hasSize(2_000);
    assertThat(table.find(seen, 0)).isEqualTo(1);
    seen[999] = 10;
    assertThat(table.find(seen, 0)).isZero();
  }
}
