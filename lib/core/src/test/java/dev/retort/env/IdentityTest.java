package dev.retort.env;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.retort.env.world.Coupling;
import dev.retort.env.world.Motor;
import dev.retort.env.world.Outline;
import dev.retort.env.world.PlanarWorld;
import dev.retort.env.world.RigidBody;
import dev.retort.env.world.Terrain;
import dev.retort.random.RandomStream;
import dev.retort.space.Space;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Environments that hold other things are others, however alike these are written. */
class IdentityTest {
  /** A corridor that holds something beside. */
  interface Holding extends Env {
    Corridor CORRIDOR = new Corridor(8);

    @Override
    default Space observations() {
      return CORRIDOR.observations();
    }

    @Override
    default Space actions() {
      return CORRIDOR.actions();
    }

    @Override
    default int horizon() {
      return CORRIDOR.horizon();
    }

    @Override
    default int stateSize() {
      return CORRIDOR.stateSize();
    }

    @Override
    default void reset(double[] state, RandomStream random) {
      CORRIDOR.reset(state, random);
    }

    @Override
    default double step(double[] state, float[] action, RandomStream random) {
      return CORRIDOR.step(state, action, random);
    }

    @Override
    default boolean terminated(double[] state) {
      return CORRIDOR.terminated(state);
    }

    @Override
    default void observe(double[] state, float[] observation) {
      CORRIDOR.observe(state, observation);
    }
  }

  /** Works in scratch as it steps. */
  record Working() implements Holding {
    static final Scratch<double[]> SCRATCH = Scratch.of(() -> new double[3]);

    @Override
    public double step(double[] state, float[] action, RandomStream random) {
      SCRATCH.here()[0]++;
      return CORRIDOR.step(state, action, random);
    }
  }

  @Test
  void scratchIsKnownByWhatMakesItAndNotByWhatItHolds() {
    Identity before = Identity.of(new Working()).orElseThrow();
    new Working().step(new double[] {3}, new float[] {1}, RandomStream.at(0));
    assertThat(Working.SCRATCH.here()[0]).isPositive();
    assertThat(before.unknown()).isEmpty();
    assertThat(before.json().getAsJsonObject("reads").toString())
        .matches(".*\"Working.SCRATCH\":.*\"maker\":.*\"code\":.*");
    assertThat(Identity.of(new Working()).orElseThrow().difference(before.json())).isEmpty();
  }

  /** A robot of a world. */
  record Rolling(PlanarWorld world) implements Holding {
    static Rolling of(double mass) {
      return new Rolling(
          PlanarWorld.empty()
              .with(RigidBody.of("box", Outline.box(0.6, 0.2)).at(0, 0.25).mass(mass))
              .with(RigidBody.of("wheel", Outline.disc(0.1)).at(0, 0.1))
              .with(Coupling.hinge("axle", "box", "wheel").drivenBy(Motor.torque(2))));
    }
  }

  @Test
  void worldsAreKnownByHowTheyAreDescribed() {
    Identity light = Identity.of(Rolling.of(4)).orElseThrow();
    assertThat(light.unknown()).isEmpty();
    double[] state = Rolling.of(4).world().start();
    Rolling.of(4).world().step(state, new double[] {1}, Terrain.flat());
    assertThat(Identity.of(Rolling.of(4)).orElseThrow().difference(light.json())).isEmpty();
    assertThat(Identity.of(Rolling.of(5)).orElseThrow().difference(light.json()).orElseThrow())
        .startsWith("world.bodies is ");
  }

  record Open(Object scale) implements Holding {}

  record Generic<T>(T scale) implements Holding {}

  record Listed(List<Object> scales) implements Holding {}

  record Mapped(Map<String, Object> scales) implements Holding {}

  @SuppressWarnings("ArrayRecordComponent") // as users write them
  record Rowed(Object[] scales) implements Holding {}

  @SuppressWarnings("ArrayRecordComponent") // as users write them
  record Plain(
      int whole,
      Integer boxed,
      float narrow,
      double wide,
      long large,
      char letter,
      String word,
      BigDecimal exact,
      TimeUnit unit,
      List<Double> list,
      Set<String> set,
      Map<String, List<Integer>> map,
      Optional<Double> perhaps,
      int[] row,
      List<Integer>[] rows,
      Class<?> type)
      implements Holding {}

  record Exact(BigDecimal scale) implements Holding {}

  record Wide(double scale) implements Holding {}

  record Large(long scale) implements Holding {}

  record Named(Pay pay) implements Holding {}

  interface Pay {}

  static final class First {
    record Fixed(int pay) implements Pay {}
  }

  static final class Second {
    record Fixed(int pay) implements Pay {}
  }

  private static Identity of(Env env) {
    return Identity.of(env).orElseThrow();
  }

  /** The identity of an environment as it comes back from a file. */
  private static JsonObject stored(Env env) {
    return JsonParser.parseString(of(env).json().toString()).getAsJsonObject();
  }

  private static void assertDiffer(Env before, Env now, String words) {
    assertThat(of(now).difference(stored(before))).as("%s, %s", before, now).contains(words);
    assertThat(stored(now)).hasToString(stored(now).toString());
    assertThat(of(now).json().toString()).isNotEqualTo(of(before).json().toString());
    assertThat(of(before).difference(stored(before))).as("%s", before).isEmpty();
  }

  @Test
  void aBoxedValueOfAnotherTypeIsAnother() {
    Object[] alike = {
      1, 1L, 1.0, 1f, '1', "1", (short) 1, (byte) 1, new BigDecimal("1"), List.of(1), Optional.of(1)
    };
    for (Object before : alike) {
      for (Object now : alike) {
        if (before != now) {
          assertThat(of(new Open(now)).difference(stored(new Open(before))))
              .as("%s, %s", before.getClass(), now.getClass())
              .hasValueSatisfying(words -> assertThat(words).startsWith("scale is "));
        }
      }
      assertThat(of(new Open(before)).difference(stored(new Open(before)))).isEmpty();
    }
    assertDiffer(new Open(1), new Open(1.0), "scale is 1.0 (a Double), was 1 (an Integer)");
    assertDiffer(new Open('1'), new Open("1"), "scale is 1 (a String), was 1 (a Character)");
    assertDiffer(new Generic<>(1), new Generic<>(1L), "scale is 1 (a Long), was 1 (an Integer)");
  }

  @Test
  void whatAContainerHoldsIsOfItsTypeToo() {
    assertDiffer(
        new Listed(List.of(1, 2)),
        new Listed(List.of(1, 2L)),
        "scales is [1,2] (a List of Integer, Long), was [1,2] (a List of Integer)");
    assertDiffer(
        new Listed(List.of(List.of(1))),
        new Listed(List.of(Optional.of(1))),
        "scales is [[[1]]] (a List of Optional of Integer), was [[1]] (a List of List of Integer)");
    assertDiffer(
        new Mapped(Map.of("a", 1)),
        new Mapped(Map.of("a", 1L)),
        "scales is [[\"a\",1]] (a Map of Long), was [[\"a\",1]] (a Map of Integer)");
    assertDiffer(
        new Mapped(Map.of("a", 1, "b", 1L)),
        new Mapped(Map.of("a", 1L, "b", 1)),
        "scales is [[\"a\",1],[\"b\",1]] (a Map of \"a\" to 1 as Long, \"b\" to 1 as Integer), was"
            + " [[\"a\",1],[\"b\",1]] (a Map of \"a\" to 1 as Integer, \"b\" to 1 as Long)");
    assertDiffer(
        new Rowed(new Object[] {1}),
        new Rowed(new Object[] {1f}),
        "scales is [1.0] (an Object[] of Float), was [1] (an Object[] of Integer)");
    assertDiffer(
        new Rowed(new Object[] {1}),
        new Rowed(new Integer[] {1}),
        "scales is [1] (an Integer[]), was [1] (an Object[] of Integer)");
  }

  @Test
  void whatHoldsThemIsOfItsTypeToo() {
    assertDiffer(
        new Open(new int[] {1}),
        new Open(new long[] {1}),
        "scale is [1] (a long[]), was [1] (an int[])");
    assertDiffer(
        new Open(List.of(1, 2)),
        new Open(Set.of(1, 2)),
        "scale is [1,2] (a Set of Integer), was [1,2] (a List of Integer)");
    assertDiffer(
        new Open(new TreeSet<>(List.of(1, 2))),
        new Open(new LinkedHashSet<>(List.of(1, 2))),
        "scale is [1,2] (a LinkedHashSet of Integer), was [1,2] (a SortedSet of Integer)");
    assertDiffer(
        new Open(new First.Fixed[] {new First.Fixed(1)}),
        new Open(List.of(new First.Fixed(1))),
        "scale is "
            + "[{\"type\":\"dev.retort.env.IdentityTest$First$Fixed\",\"holds\":{…"
            + " (a List), was "
            + "[{\"type\":\"dev.retort.env.IdentityTest$First$Fixed\",\"holds\":{…"
            + " (a Fixed[])");
    assertDiffer(
        new Open(TimeUnit.DAYS),
        new Open("DAYS"),
        "scale is DAYS (a String), was DAYS (a TimeUnit)");
    assertThat(of(new Open(null)).difference(stored(new Open(Optional.empty())))).isPresent();
    assertThat(of(new Open(new ArrayList<>(Arrays.asList(1, 2)))).json())
        .isEqualTo(of(new Open(List.of(1, 2))).json());
  }

  @Test
  void numbersAreTheSameToTheLastDigitAlone() {
    assertDiffer(
        new Exact(new BigDecimal("1.0")),
        new Exact(new BigDecimal("1.00")),
        "scale is 1.00, was 1.0");
    assertDiffer(new Wide(0.0), new Wide(-0.0), "scale is -0.0, was 0.0");
    assertDiffer(
        new Wide(Double.NaN),
        new Wide(Double.longBitsToDouble(0x7ff8000000000001L)),
        "scale is NaN 7ff8000000000001, was NaN");
    assertDiffer(
        new Large((1L << 53) + 1),
        new Large(1L << 53),
        "scale is 9007199254740992, was 9007199254740993");
  }

  @Test
  void recordsOfOneNameFromTwoPlacesAreToldApart() {
    assertDiffer(
        new Named(new First.Fixed(1)),
        new Named(new Second.Fixed(1)),
        "pay is a dev.retort.env.IdentityTest$Second$Fixed, was a"
            + " dev.retort.env.IdentityTest$First$Fixed");
  }

  @Test
  void whatWasDeclaredIsWrittenAsItAlwaysWas() {
    @SuppressWarnings({"unchecked", "rawtypes"})
    List<Integer>[] rows = new List[] {List.of(1)};
    Env plain =
        new Plain(
            1,
            1,
            0.1f,
            1.0,
            1L,
            '1',
            "1",
            BigDecimal.ONE,
            TimeUnit.DAYS,
            List.of(1.0),
            Set.of("1"),
            Map.of("1", List.of(1)),
            Optional.of(1.0),
            new int[] {1},
            rows,
            String.class);
    assertThat(stored(plain).get("holds"))
        .hasToString(
            "{\"whole\":1,\"boxed\":1,\"narrow\":0.1,\"wide\":1.0,\"large\":1,\"letter\":\"1\",\"word\":\"1\",\"exact\":1,\"unit\":\"DAYS\",\"list\":[1.0],\"set\":[\"1\"],\"map\":[[\"1\",[1]]],\"perhaps\":[[1.0]],\"row\":[1],\"rows\":[[1]],\"type\":\"java.lang.String\"}");
    assertThat(of(plain).difference(stored(plain))).isEmpty();
    assertThat(of(plain).untyped(stored(plain))).isEmpty();
  }

  @Test
  void whatWasStoredBeforeTypesWereIsComparedAsFarAsItGoes() {
    JsonObject before = stored(new Open(1));
    before.getAsJsonObject("holds").addProperty("scale", 1);
    assertThat(of(new Open(1)).difference(before)).isEmpty();
    assertThat(of(new Open(1)).untyped(before)).containsExactly("scale");
    assertThat(of(new Open(2)).difference(before)).contains("scale is 2, was 1");
  }
}
