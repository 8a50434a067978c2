package dev.retort;

import static dev.retort.Retort.collect;
import static dev.retort.Retort.dqn;
import static dev.retort.Retort.env;
import static dev.retort.Retort.evaluate;
import static dev.retort.Retort.ppo;
import static dev.retort.Retort.qLearning;
import static dev.retort.Retort.qPrior;
import static dev.retort.Retort.train;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.data.Dataset;
import dev.retort.env.Env;
import dev.retort.nn.Mlp;
import dev.retort.plan.Plan;
import dev.retort.policy.Actor;
import dev.retort.policy.Ensemble;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFile;
import dev.retort.prior.QPrior;
import dev.retort.run.Session;
import dev.retort.store.TensorFile;
import dev.retort.store.Tensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files whose checksums are right and whose content is not: each array and each word of every kind
 * of file is replaced by others, and what is read of it is refused in words or works.
 */
class HostileThingsTest {
  private static final Env CART = env("CartPole");

  @TempDir Path folder;

  private static <R> R now(Plan<R> plan) {
    return plan.job().execute(Session.unwatched(plan.job().columns()));
  }

  private static Policy table() {
    return now(train(qLearning().steps(100).bins(3).low(-1).high(1)).on(CART));
  }

  /** What a file holds, and how it is read and then used. */
  private record Thing(Tensors tensors, Consumer<Tensors> use) {}

  private static Map<String, Thing> things() {
    Policy table = table();
    Policy values = now(train(dqn().steps(60).hidden(4).warmUp(10)).on(CART));
    NetworkPolicy network = (NetworkPolicy) now(train(ppo().steps(64).hidden(4)).on(CART));
    Policy normalized = now(train(ppo().steps(64).hidden(4).normalized()).on(CART));
    Dataset data = now(collect(20).from(network).on(CART));
    Map<String, Thing> things = new LinkedHashMap<>();
    Consumer<Tensors> play = tensors -> act(PolicyFile.of(tensors));
    things.put("network", new Thing(PolicyFile.tensors(network), play));
    things.put("normalized network", new Thing(PolicyFile.tensors(normalized), play));
    things.put("table", new Thing(PolicyFile.tensors(table), play));
    things.put(
        "ensemble",
        new Thing(PolicyFile.tensors(new Ensemble("e", List.of(network, network))), play));
    things.put(
        "population",
        new Thing(
            PolicyFile.tensors(List.of(network, network)),
            tensors -> PolicyFile.population(tensors).forEach(HostileThingsTest::act)));
    things.put(
        "dataset",
        new Thing(
            data.tensors(),
            tensors -> {
              Dataset read = Dataset.of(tensors);
              assertThat(read.and(read).toString()).isNotEmpty();
              assertThat(read.returns()).isNotNull();
              assertThat(read.actionCounts()).isNotNull();
            }));
    Consumer<Tensors> know =
        tensors -> {
          QPrior read = QPrior.of(tensors);
          assertThat(read.summary()).isNotEmpty();
          double[] found = new double[read.actions().n()];
          read.values(new float[read.observations().size()], 0, found);
          assertThat(read.sources().rowCount()).isEqualTo(read.tasks());
          assertThat(read.tensors()).isNotNull();
          read.plot();
        };
    var plan = qPrior(table, values).on(CART).steps(30).clipping();
    things.put("prior of bins", new Thing(now(plan.bins(3)).tensors(), know));
    things.put("prior of quantiles", new Thing(now(plan.quantiles(3)).tensors(), know));
    things.put("prior of tiles", new Thing(now(plan.tiles(2, 3)).tensors(), know));
    things.put("prior of clusters", new Thing(now(plan.clusters(3)).tensors(), know));
    Plan<dev.retort.evaluate.Evaluation> evaluation = evaluate(table).on(CART).episodes(3);
    things.put(
        "evaluation",
        new Thing(
            evaluation.job().keep(now(evaluation)).part("scores0"),
            tensors -> assertThat(dev.retort.evaluate.Scores.of(tensors).toString()).isNotEmpty()));
    return things;
  }

  private static void act(Policy policy) {
    try (Actor actor = policy.actor(2)) {
      int actions = policy.actions().size();
      actor.greedy(new float[2 * policy.observations().size()], new float[2 * actions]);
    }
    assertThat(policy.toString()).isNotEmpty();
  }

  @TestFactory
  Stream<DynamicTest> whatAFileSaysIsRefusedInWordsOrWorks() {
    return things().entrySet().stream()
        .map(
            thing ->
                DynamicTest.dynamicTest(
                    thing.getKey(), () -> assertInWords(thing.getKey(), thing.getValue())));
  }

  private static void assertInWords(String name, Thing thing) {
    thing.use().accept(thing.tensors());
    int refused = 0;
    Map<String, Tensors> mutants = mutants(thing.tensors());
    for (Map.Entry<String, Tensors> mutant : mutants.entrySet()) {
      try {
        thing.use().accept(mutant.getValue());
      } catch (RetortException e) {
        refused++;
        assertThat(e.getMessage()).as("%s: %s", name, mutant.getKey()).hasSizeLessThan(1500);
      } catch (RuntimeException | Error e) {
        throw new AssertionError(name + ": " + mutant.getKey() + ": " + e, e);
      }
    }
    assertThat(refused).isGreaterThan(mutants.size() / 4);
  }

  private static Map<String, Tensors> mutants(Tensors whole) {
    Map<String, Tensors> mutants = new LinkedHashMap<>();
    whole
        .all()
        .forEach(
            (name, tensor) -> {
              int[] shape = tensor.shape();
              mutants.put("no " + name, without(whole, name));
              Map<String, Function<Tensors, Tensors>> others = new LinkedHashMap<>();
              others.put("bytes", to -> to.put(name, new byte[] {-1}));
              others.put("nothing", to -> to.put(name, new float[0]));
              others.put("no rows", to -> to.put(name, new double[0], 0, 1 << 24));
              others.put("no columns", to -> to.put(name, new float[0], 1 << 24, 0));
              others.put("ints", to -> to.put(name, new int[] {Integer.MAX_VALUE}));
              others.put("negative ints", to -> to.put(name, new int[] {-1, -5}));
              others.put("longs", to -> to.put(name, new long[] {Long.MIN_VALUE}));
              others.put("shorter", to -> putLike(to, name, tensor.array(), shape, -1));
              others.put("longer", to -> putLike(to, name, tensor.array(), shape, 1));
              others.put("flat", to -> putLike(to, name, tensor.array(), shape, 0));
              others.put("large", to -> putLike(to, name, filled(tensor.array(), 1e9), shape));
              others.put("negative", to -> putLike(to, name, filled(tensor.array(), -7), shape));
              others.put(
                  "no number", to -> putLike(to, name, filled(tensor.array(), Double.NaN), shape));
              others.forEach(
                  (how, other) ->
                      mutants.put(name + " as " + how, other.apply(without(whole, name))));
            });
    for (String key : whole.metadata().keySet()) {
      for (String text :
          List.of(
              "",
              "x",
              "-1",
              "2147483647",
              "9".repeat(40),
              "null",
              "{}",
              "[".repeat(5_000),
              "{\"shape\":[2147483647],\"low\":[\"0\"],\"high\":[\"1\"]}",
              "{\"shape\":[65536,65536,65536],\"low\":[\"0\"],\"high\":[\"1\"]}",
              "{\"shape\":[-4],\"low\":[\"0\"],\"high\":[\"1\"]}",
              "{\"choices\":16777215}",
              "{\"parts\":{}}",
              "mlp:2147483647,2147483647",
              "mlp:4" + ",4".repeat(10_000),
              "cnn:4:4")) {
        String shown = text.substring(0, Math.min(30, text.length()));
        mutants.put(key + " = " + shown, copy(whole).describe(key, text));
      }
    }
    return mutants;
  }

  private static Tensors copy(Tensors whole) {
    Tensors copy = new Tensors();
    whole.all().forEach((name, tensor) -> putLike(copy, name, tensor.array(), tensor.shape()));
    whole.metadata().forEach(copy::describe);
    return copy;
  }

  private static Tensors without(Tensors whole, String name) {
    Tensors copy = new Tensors();
    whole
        .all()
        .forEach(
            (other, tensor) -> {
              if (!other.equals(name)) {
                putLike(copy, other, tensor.array(), tensor.shape());
              }
            });
    whole.metadata().forEach(copy::describe);
    return copy;
  }

  /** The numbers as a vector, of so many more or fewer; rows where there are some. */
  private static Tensors putLike(Tensors to, String name, Object array, int[] shape, int more) {
    int length = Math.max(0, java.lang.reflect.Array.getLength(array) + more);
    Object other = java.lang.reflect.Array.newInstance(array.getClass().getComponentType(), length);
    System.arraycopy(
        array, 0, other, 0, Math.min(length, java.lang.reflect.Array.getLength(array)));
    return putLike(
        to,
        name,
        other,
        shape.length == 2 && more != 0 ? new int[] {1, length} : new int[] {length});
  }

  private static Object filled(Object array, double value) {
    int length = java.lang.reflect.Array.getLength(array);
    Object other = java.lang.reflect.Array.newInstance(array.getClass().getComponentType(), length);
    for (int i = 0; i < length; i++) {
      if (other instanceof float[] floats) {
        floats[i] = (float) value;
      } else if (other instanceof double[] doubles) {
        doubles[i] = value;
      } else if (other instanceof int[] ints) {
        ints[i] = (int) value;
      } else if (other instanceof long[] longs) {
        longs[i] = (long) value;
      } else {
        ((byte[]) other)[i] = (byte) value;
      }
    }
    return other;
  }

  private static Tensors putLike(Tensors to, String name, Object array, int[] shape) {
    if (array instanceof float[] floats) {
      return to.put(name, floats, shape);
    } else if (array instanceof double[] doubles) {
      return to.put(name, doubles, shape);
    } else if (array instanceof int[] ints) {
      return to.put(name, ints, shape);
    } else if (array instanceof long[] longs) {
      return to.put(name, longs, shape);
    }
    return to.put(name, (byte[]) array, shape);
  }

  @Test
  void aPolicyOfTenThousandLayersIsRefusedWithTheLimitAndTheFile() {
    NetworkPolicy policy = (NetworkPolicy) now(train(ppo().steps(64).hidden(4)).on(CART));
    Path file = folder.resolve("deep.policy");
    TensorFile.write(
        file, PolicyFile.tensors(policy).describe("network", "mlp:4" + ",4".repeat(9_999)));
    assertThatThrownBy(() -> PolicyFile.open(file))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "read '%s': mlp: expected at most 100 hidden layers, got 10000.".formatted(file));
    assertThatThrownBy(
            () -> Mlp.of(Collections.nCopies(101, 4).stream().mapToInt(i -> i).toArray()))
        .isInstanceOf(RetortException.class)
        .hasMessage("mlp: expected at most 100 hidden layers, got 101.");
  }

  @Test
  void aPolicyOfOtherNumbersThanItsNetworkHasIsRefusedWhenItIsOpened() {
    NetworkPolicy policy = (NetworkPolicy) now(train(ppo().steps(64).hidden(4)).on(CART));
    List<String> messages = new ArrayList<>();
    for (int[] shape : new int[][] {{1, 29}, {1 << 24, 0}}) {
      assertThatThrownBy(
              () ->
                  PolicyFile.of(
                      PolicyFile.tensors(policy)
                          .put("parameters", new float[shape[0] * shape[1]], shape)))
          .isInstanceOf(RetortException.class)
          .satisfies(e -> messages.add(e.getMessage()));
    }
    assertThat(messages)
        .containsExactly(
            "open policy 'PPO': expected 55 parameters for mlp:4 from 4 numbers to 2 choices, got 29.",
            "open policy 'PPO': expected 55 parameters for mlp:4 from 4 numbers to 2 choices, got 0.");
  }
}
