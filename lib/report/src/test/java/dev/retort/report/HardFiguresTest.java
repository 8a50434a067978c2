package dev.retort.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.retort.RetortException;
import dev.retort.figure.Bars;
import dev.retort.figure.Dot;
import dev.retort.figure.Dots;
import dev.retort.figure.Figure;
import dev.retort.figure.Glyphs;
import dev.retort.figure.Ground;
import dev.retort.figure.Heat;
import dev.retort.figure.Line;
import dev.retort.figure.Lines;
import dev.retort.figure.Panels;
import dev.retort.figure.Picture;
import dev.retort.figure.Pictures;
import dev.retort.figure.Raster;
import dev.retort.figure.Scatter;
import dev.retort.figure.Trace;
import dev.retort.figure.Tracks;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the numbers, names and sizes: a picture soon, or words. */
class HardFiguresTest {
  private static final double INFINITE = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;

  private static Lines lines(String title, double[] y) {
    double[] x = IntStream.range(0, y.length).asDoubleStream().toArray();
    return Lines.of(title, "steps", "return", Line.of("a", x, y), Line.of("b", x, y));
  }

  private static Lines across(String title, double... x) {
    double[] y = IntStream.range(0, x.length).asDoubleStream().toArray();
    return Lines.of(title, "steps", "return", Line.of("a", x, y));
  }

  static Stream<Figure> figures() {
    String letters = "a label of ten thousand letters ".repeat(320);
    String odd = "\u202Eשלום\u0000\u0007\n\t<b>\uD800 \u2028𝕏 中文 \u200C";
    double[] million = new double[300_000];
    Arrays.setAll(million, i -> Math.sin(i / 1e4));
    List<Line> many =
        IntStream.range(0, 10_000)
            .mapToObj(i -> Line.of("line " + i, new double[] {0, 1, 2}, new double[] {i, 2, -i}))
            .toList();
    Trace wanders = Trace.of("w", million, million);
    Raster wide = Raster.grey(new double[2][9_000]);
    return Stream.of(
        lines("infinite values", new double[] {1, INFINITE, 2, -INFINITE, 3}),
        lines("nothing finite", new double[] {INFINITE, NAN, -INFINITE}),
        lines("no places", new double[0]),
        lines("huge", new double[] {1e300, -1e300, 5, 1e99, -1e99}),
        lines("the largest", new double[] {Double.MAX_VALUE, -Double.MAX_VALUE}),
        lines("denormal", new double[] {1e-310, 4e-310, Double.MIN_VALUE}),
        lines("close", new double[] {1e17, 1e17 + 16, 1e17 + 32}),
        lines("nearly one", new double[] {1, Math.nextUp(1), 1 - 1e-16}),
        lines("far apart", new double[] {1e-300, 1, 1e99}),
        across("one place", 3),
        across("equal places", 7, 7, 7),
        across("close places", 1e17, 1e17 + 16, 1e17 + 32),
        across("far places", -1e99, 0, 1e99),
        across("denormal places", 0, Double.MIN_VALUE, 1e-310),
        lines("many points", million),
        new Lines("ten thousand lines", "steps", "return", many),
        Lines.of(
            "members",
            "steps",
            "return",
            Line.of("a", new double[] {0, 1}, new double[] {0, 1})
                .band(new double[] {-INFINITE, 0}, new double[] {INFINITE, 2})
                .members(new double[10_000][2])),
        new Lines(letters, letters, letters, List.of(many.get(0), rename(many.get(1), letters))),
        new Lines(odd, odd, odd, List.of(rename(many.get(0), odd), rename(many.get(1), odd))),
        new Lines("", "", "", List.of(rename(many.get(0), "\n"), rename(many.get(1), "\u200C"))),
        new Dots("huge dots", "return", List.of(new Dot("a", 1e99, -1e99, 1e100))),
        new Dots("close dots", "return", List.of(Dot.of("a", 1e17), Dot.of("b", 1e17 + 16))),
        new Dots("denormal dots", "return", List.of(Dot.of("a", 1e-310), Dot.of("b", 3e-310))),
        new Dots("no interval", "return", List.of(Dot.of("a", 1), new Dot("b", 2, 1, 3))),
        new Dots(
            "ten thousand dots",
            "return",
            IntStream.range(0, 10_000).mapToObj(i -> Dot.of(letters + i, i)).toList()),
        new Dots(odd, odd, List.of(Dot.of(odd, 1), Dot.of("", 2))),
        new Bars("flat bars", odd, odd, List.of(odd, letters), List.of(0.0, 0.0)),
        new Bars("uneven bars", "x", "y", List.of("a", "b"), List.of(1e100, Double.MIN_VALUE)),
        new Bars("denormal bars", "x", "y", List.of("a", "b"), List.of(1e-310, 2e-310)),
        new Bars(
            "many bars",
            "x",
            "y",
            Collections.nCopies(100_000, "one"),
            Collections.nCopies(100_000, 1.0)),
        Bars.histogram("far values", "x", new double[] {-1e300, -1e100, 1e100, INFINITE, NAN}, 40),
        Heat.of("infinite cells", "x", "y", new double[][] {{1, INFINITE}, {-INFINITE, 2}}),
        Heat.of("no finite cell", "x", "y", new double[][] {{INFINITE}}),
        Heat.of("huge cells", "x", "y", new double[][] {{1e300, -1e99}, {1e99, 0}}),
        Heat.of("close cells", "x", "y", new double[][] {{1e17, 1e17 + 16}}),
        Heat.of("denormal cells", "x", "y", new double[][] {{0, 1e-310}}),
        Heat.of("many cells", "x", "y", new double[600][700]),
        Heat.of(letters, odd, letters, new double[][] {{1, 2}}),
        Scatter.of(letters, odd, odd, trace(odd, 1e99, -1e99), trace(odd, INFINITE, NAN))
            .diagonal(),
        Scatter.of("", "", "", trace("", 1e17, 1e17 + 16), trace("", 1e-310, 0)),
        new Scatter("many", "x", "y", Collections.nCopies(500, wanders), true),
        Tracks.of(odd, letters, odd, trace(letters, 1e99, -1e99), trace(odd, INFINITE, NAN)),
        Tracks.of("gaps", "x", "y", trace("a", 1, NAN, 2, INFINITE, 3, NAN)),
        Tracks.of("over", "x", "y")
            .over(new Ground(-1e99, 1e99, 0, 1e-9, Raster.grey(new double[200][200]))),
        Tracks.of("close", "x", "y", trace("a", 1e17, 1e17 + 16)),
        new Tracks("many", "x", "y", Ground.NONE, Collections.nCopies(500, wanders)),
        new Pictures(
            odd, Collections.nCopies(3_000, new Picture(letters, Raster.grey(new double[9][3])))),
        Pictures.of(letters, new Picture(odd, Raster.NONE), new Picture("", wide)));
  }

  private static Trace trace(String name, double... values) {
    return Trace.of(name, values, values);
  }

  private static Line rename(Line line, String name) {
    return Line.of(
        name,
        line.x().stream().mapToDouble(Double::doubleValue).toArray(),
        line.y().stream().mapToDouble(Double::doubleValue).toArray());
  }

  @ParameterizedTest
  @MethodSource("figures")
  void everyFigureGivesPicturesCardAndText(Figure figure) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (int[] size : new int[][] {{720, 420}, {100, 80}}) {
            byte[] png = figure.png(size[0], size[1]);
            assertThat(png).hasSizeBetween(100, 3_000_000);
          }
          assertThat(Sketch.of(figure, 300, 200).getWidth()).isEqualTo(300);
          assertThat(Svg.of(figure)).hasSizeLessThan(400_000).doesNotContain("NaN", "Infinity");
          String text = figure.text(Glyphs.UNICODE);
          assertThat(text.lines().count()).isLessThanOrEqualTo(12);
          assertThat(text.lines()).allMatch(line -> line.codePointCount(0, line.length()) <= 80);
        });
  }

  private static void refused(Supplier<Object> figure, String message) {
    assertThatThrownBy(figure::get).isInstanceOf(RetortException.class).hasMessage(message);
  }

  @Test
  void whatHasNoPictureIsRefusedWithTheSeriesAndThePlace() {
    double[] two = {1, 2};
    refused(
        () -> Line.of("a", new double[] {1, INFINITE}, two),
        "line 'a': expected finite places up to 1.0E100, got Infinity (place 1).");
    refused(
        () -> Line.of("a", new double[] {NAN}, new double[1]),
        "line 'a': expected finite places up to 1.0E100, got NaN (place 0).");
    refused(
        () -> Line.of("a", new double[] {-1e300, 0}, two),
        "line 'a': expected finite places up to 1.0E100, got -1.0E300 (place 0).");
    refused(
        () -> new Dot("a", INFINITE, 0, 1),
        "dot 'a': expected finite numbers up to 1.0E100, got Infinity with an interval from 0.0 to 1.0.");
    refused(
        () -> new Dot("a", 1, NAN, 1),
        "dot 'a': expected finite numbers up to 1.0E100, got 1.0 with an interval from NaN to 1.0.");
    refused(
        () -> new Bars("t", "x", "y", List.of("a", "b"), List.of(1.0, INFINITE)),
        "bars 't': expected heights from 0 to 1.0E100, got Infinity (bar 1, 'b').");
    refused(
        () -> Bars.histogram("t", "x", two, Integer.MAX_VALUE),
        "histogram 't': expected at most 10000 bins, got 2147483647.");
  }

  @Test
  void panelsThatCouldNotBeSeenAreRefused() {
    List<Figure> panels = Collections.nCopies(10_000, lines("p", new double[] {1, 2}));
    refused(
        () -> new Panels("t", 4, panels).png(),
        "chart of 't': expected panels of at least 60×60 pixels, got 480×3 each. Show fewer, or take a larger picture.");
    refused(
        () -> new Panels("t", Integer.MAX_VALUE, panels.subList(0, 3)).png(),
        "chart of 't': expected panels of at least 60×60 pixels, got 0×320 each. Show fewer, or take a larger picture.");
    assertThatCode(() -> new Panels("t", 2, panels.subList(0, 3)).png(200, 200))
        .doesNotThrowAnyException();
  }

  @Test
  void aPictureSaysWhatItLeavesOut() {
    assertThat(Charts.chart(lines("t", new double[] {1, INFINITE}), 720, 420).getTitle())
        .isEqualTo("t (without ∞ of 'a' at 1)");
    assertThat(
            Charts.chart(
                    new Lines(
                        "t",
                        "x",
                        "y",
                        Collections.nCopies(
                            10_000, Line.of("a", new double[] {0, 1}, new double[2]))),
                    720,
                    420)
                .getTitle())
        .isEqualTo("t (the first 200 of 10,000 lines)");
  }
}
