package dev.retort.kernel.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Results say what they are in a text of bounded size, and how much of them is left out. */
class ValueTextTest {
  private static final String PRINT = "\n(cut; System.out.println(..) prints all of it)";

  /** A list that is longer than memory, and tells how far it was read. */
  private static final class Endless extends AbstractList<Integer> {
    private int furthest;

    @Override
    public Integer get(int index) {
      furthest = Math.max(furthest, index);
      return index;
    }

    @Override
    public int size() {
      return Integer.MAX_VALUE;
    }
  }

  @Test
  void whatIsSmallIsShownAsTheJdkDoes() {
    for (Object value :
        List.of(
            7,
            "text",
            List.of(1, List.of(2, "b")),
            Map.of("k", List.of(1)),
            new TreeMap<>(Map.of("a", 1, "b", 2)),
            Map.entry("k", 1),
            Collections.emptySet())) {
      assertThat(ValueText.of(value)).isEqualTo(value.toString());
    }
    assertThat(ValueText.of(null)).isEqualTo("null");
    assertThat(ValueText.of(Arrays.asList(1, null))).isEqualTo("[1, null]");
    assertThat(ValueText.of(new int[][] {{1, 2}, {3}})).isEqualTo("[[1, 2], [3]]");
    assertThat(ValueText.of(List.of(new double[] {0.5}))).isEqualTo("[[0.5]]");
  }

  @Test
  void whatIsLargeIsCutWithItsTrueSizeAndReadNoFurther() {
    Endless endless = new Endless();
    assertThat(ValueText.of(endless))
        .startsWith("[0, 1, 2, ")
        .endsWith(", 199, … 2,147,483,447 more]" + PRINT);
    assertThat(endless.furthest).isLessThan(300);
    assertThat(ValueText.of(new int[1_000_000]))
        .endsWith(
            ", 0, … 999,800 more]\n(cut; System.out.println(Arrays.toString(..)) prints all of it)");
    assertThat(ValueText.of(Map.of("k", endless))).startsWith("{k=[0, 1").contains("447 more]}");
    assertThat(ValueText.of("x".repeat(1_000_000)))
        .endsWith("xx … 980,000 more characters" + PRINT);
    assertThat(ValueText.of(java.nio.CharBuffer.allocate(30_000))).contains("… 10,000 more");
    Map<Integer, Integer> map = new TreeMap<>();
    IntStream.range(0, 1000).forEach(i -> map.put(i, i));
    assertThat(ValueText.of(map)).endsWith("199=199, … 800 more}" + PRINT);
    List<int[]> wide = IntStream.range(0, 900).mapToObj(i -> new int[900]).toList();
    assertThat(ValueText.of(wide)).hasSizeBetween(20_000, 21_500).contains("… 700 more]");
  }

  @Test
  @SuppressWarnings("ToStringReturnsNull") // that is what is odd
  void oddValuesAreShownAllTheSame() {
    List<Object> itself = new ArrayList<>();
    itself.add(itself);
    assertThat(ValueText.of(itself)).isEqualTo("[[…]]");
    Object[] array = new Object[1];
    array[0] = array;
    assertThat(ValueText.of(array)).isEqualTo("[[…]]");
    Object none =
        new Object() {
          @Override
          public String toString() {
            return null;
          }
        };
    assertThat(ValueText.of(none)).isEqualTo("null, by its own toString()");
    List<Object> own =
        new ArrayList<>(List.of(1, 2)) {
          @Override
          public String toString() {
            return "my own words";
          }
        };
    assertThat(ValueText.of(own)).isEqualTo("my own words");
    List<Object> deep = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      deep = new ArrayList<>(List.<Object>of(deep));
    }
    assertThat(ValueText.of(deep)).startsWith("[[[[").contains("…").hasSizeLessThan(300);
  }
}
