package dev.retort.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How much room a figure takes as text. */
class FigureSizeTest {
  @Test
  void largeFiguresKeepTwelveLinesOfEightyColumns() {
    String name = "a name that is much longer than any column could ever be, even alone: ";
    List<Line> lines =
        IntStream.range(0, 30)
            .mapToObj(i -> Line.of(name + i, new double[] {0, 1e6}, new double[] {1e-7, 123456.7}))
            .toList();
    List<Dot> dots = IntStream.range(0, 30).mapToObj(i -> new Dot(name + i, i, i, i)).toList();
    List<String> labels = IntStream.range(0, 300).mapToObj(i -> name + i).toList();
    List<Double> heights = labels.stream().map(label -> 1.0).toList();
    List<Trace> traces =
        IntStream.range(0, 30)
            .mapToObj(i -> Trace.of(name + i, new double[] {i, 1e6}, new double[] {1e-7, i}))
            .toList();
    Picture picture = new Picture(name, Raster.grey(new double[][] {{0, 1}, {2, 3}}));
    for (Figure figure :
        List.of(
            new Lines(name.repeat(3), name, name, lines),
            new Dots(name.repeat(3), name, dots),
            new Bars(name.repeat(3), name, name, labels, heights),
            new Bars(name, name, name, labels.subList(0, 10), heights.subList(0, 10)),
            Heat.of(name.repeat(3), name, name, new double[100][200]),
            new Scatter(name.repeat(3), name, name, traces, true),
            new Tracks(name.repeat(3), name, name, Ground.NONE, traces),
            new Pictures(name.repeat(3), Collections.nCopies(30, picture)))) {
      assertThat(figure.toString().lines().count()).as(figure.title()).isLessThanOrEqualTo(12);
      assertThat(figure.toString().lines()).allMatch(line -> line.length() <= 80);
      assertThat(figure.text(Glyphs.ASCII)).isASCII();
    }
  }

  @Test
  void manyNamesHaveRoomBelowEachOtherAndRowsOfPanelsThatOfTheirTallest() {
    Dots few = new Dots("few", "x", Collections.nCopies(6, Dot.of("a", 1)));
    Dots many = new Dots("many", "x", Collections.nCopies(40, Dot.of("a", 1)));
    assertThat(few.height()).isEqualTo(Figure.HEIGHT);
    assertThat(many.height()).isGreaterThanOrEqualTo(40 * 18 + 120);
    Dots absurd = new Dots("absurd", "x", Collections.nCopies(100_000, Dot.of("a", 1)));
    assertThat(absurd.height()).isLessThan(10_000);
    Panels panels = new Panels("panels", 2, List.of(few, few, many));
    assertThat(panels.height()).isEqualTo(40 + few.panelHeight() + many.panelHeight());
    assertThat(panels.heights(panels.height() - 40))
        .containsExactly(few.panelHeight(), many.panelHeight());
    assertThat(panels.heights(100))
        .satisfies(rows -> assertThat(rows[0] + rows[1]).isBetween(98, 100));
    assertThat(new Panels("alike", 1, List.of(few, few)).heights(700)).containsExactly(350, 350);
  }
}
