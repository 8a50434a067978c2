package dev.retort.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.InEveryLocale;
import dev.retort.RetortException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

@InEveryLocale
class FigureTest {
  @Test
  void linesPrintAsSparklines() {
    Lines lines =
        Lines.of(
            "Return on CartPole",
            "steps",
            "return",
            Line.of("PPO", new double[] {0, 1, 2, 3}, new double[] {0, 100, 300, 500}),
            Line.of("none", new double[] {0, 3}, new double[] {Double.NaN, Double.NaN}));
    assertThat(lines.text(Glyphs.UNICODE))
        .isEqualTo(
            """
            Return on CartPole
            PPO   ▁▁▁▁▁▁▁▁▁▁▂▂▂▂▂▂▂▂▂▂▂▅▅▅▅▅▅▅▅▅▅▇  0 → 500
            none                                    –
            steps 0 to 3; return 0 to 500""");
    assertThat(lines.text(Glyphs.ASCII)).contains("_.").doesNotContain("▁").isASCII();
  }

  @Test
  void anAxisOfManyStepsBeginsAtAWholeOne() {
    double[] x = {250.88, 12_544, 25_088};
    Line line = Line.of("PPO", x, new double[] {18.5, 200, 398.2});
    assertThat(Lines.of("returns", "environment steps", "return", line).text(Glyphs.UNICODE))
        .endsWith("environment steps 251 to 25,088; return 18.5 to 398.2");
  }

  @Test
  void aLineSaysItsLastIntervalOnlyWhereThereIsOne() {
    double[] x = {0, 1};
    Line known = Line.of("a", x, x).band(new double[] {0, 0.5}, new double[] {1, 1.5});
    Line open = Line.of("a", x, x).band(new double[] {0, Double.NaN}, new double[] {1, Double.NaN});
    assertThat(Lines.of("l", "x", "y", known).text(Glyphs.UNICODE))
        .contains("0 → 1 [0.500, 1.500]");
    assertThat(Lines.of("l", "x", "y", open).text(Glyphs.UNICODE)).contains("0 → 1\n");
  }

  @Test
  void dotsPrintAsADotPlot() {
    Dots dots =
        new Dots("IQM", "return", List.of(new Dot("a", 50, 0, 100), new Dot("b", 75, 50, 100)));
    assertThat(dots.text(Glyphs.UNICODE))
        .isEqualTo(
            """
            IQM
            a  ├───────────────●──────────────┤  50 [0, 100]
            b                  ├──────●───────┤  75 [50, 100]
               0                            100  return""");
  }

  @Test
  void histogramCountsEveryValueOnce() {
    Bars bars = Bars.histogram("Returns", "return", new double[] {0, 1, 1, 2, 4}, 4);
    assertThat(bars.heights()).containsExactly(1.0, 2.0, 1.0, 1.0);
    assertThat(bars.text(Glyphs.ASCII))
        .isEqualTo(
            """
            Returns
            0  ####################                      1
            1  ########################################  2
            2  ####################                      1
            3  ####################                      1""");
    assertThat(Bars.histogram("Returns", "return", new double[] {5, 5}, 4).heights())
        .containsExactly(2.0);
    assertThat(Bars.histogram("Returns", "return", new double[0], 4).text(Glyphs.UNICODE))
        .isEqualTo("Returns\nno values yet");
  }

  @Test
  void heatPrintsAsShades() {
    double[][] values = {{0, 1}, {Double.NaN, 0.5}};
    assertThat(Heat.of("Prior", "x", "y", values).text(Glyphs.UNICODE))
        .isEqualTo("Prior\n0  ····████\n1      ▒▒▒▒\n· 0 to █ 1");
  }

  @Test
  void tablesStandInABox() {
    Table table =
        Table.create(
            StringColumn.create("policy", "teacher", "student\nof many"),
            DoubleColumn.create("return", 487.123, Double.NaN));
    assertThat(TextTable.of(table).text(12, Glyphs.UNICODE))
        .isEqualTo(
            """
            ┌─────────────────┬────────┐
            │ policy          │ return │
            ├─────────────────┼────────┤
            │ teacher         │  487.1 │
            │ student of many │      – │
            └─────────────────┴────────┘""");
    assertThat(TextTable.of(table).text(12, Glyphs.ASCII)).startsWith("+-----").isASCII();
  }

  @Test
  void aLongTableCountsWhatItLeavesOut() {
    Table table = Table.create(DoubleColumn.create("x", new double[10_000]));
    String text = TextTable.of(table).text(12, Glyphs.UNICODE);
    assertThat(text.lines().count()).isEqualTo(12);
    assertThat(text).endsWith("… 9,993 more rows");
  }

  @Test
  void aWideTableKeepsEightyColumns() {
    List<String> header = IntStream.range(0, 40).mapToObj(i -> "column number " + i).toList();
    assertThat(TextTable.of(header, List.of(header)).text(12, Glyphs.UNICODE).lines())
        .allMatch(line -> line.length() <= 80);
  }

  @Test
  void longNamesThatBeginAlikeAreCutInTheMiddle() {
    String same = "CartPole/gravity-7.0..13.0/halfLength-0.35..0.65/";
    List<List<String>> rows =
        List.of(
            List.of(same + "train-20", "1".repeat(40)),
            List.of(same + "test-30", "2".repeat(24)),
            List.of(same + "test-30", "3".repeat(24)));
    assertThat(TextTable.of(List.of("environment", "number"), rows).text(12, Glyphs.UNICODE))
        .contains("│ CartPole/gravity…5..0.65/train-20 │", "│ CartPole/gravity…35..0.65/test-30 │");
    List<Dot> dots = List.of(Dot.of(same + "train-20", 1), Dot.of(same + "test-30", 2));
    assertThat(new Dots("returns", "return", dots).text(Glyphs.UNICODE))
        .contains("CartPole/…5/train-20  ", "CartPole/…65/test-30  ");
    List<Dot> apart = List.of(Dot.of("train/" + same, 1), Dot.of("test/" + same, 2));
    assertThat(new Dots("returns", "return", apart).text(Glyphs.UNICODE))
        .as("where the beginning tells them apart, the end is cut")
        .contains("train/CartPole/grav…  ", "test/CartPole/gravi…  ");
  }

  @Test
  void numbersAreWrittenTheSameInEveryCountry() {
    assertThat(Numbers.count(9_990)).isEqualTo("9,990");
    assertThat(Numbers.of(487.123)).isEqualTo("487.1");
    assertThat(Numbers.of(0.05)).isEqualTo("0.05");
    assertThat(Numbers.of(-12345.6)).isEqualTo("-12,346");
    assertThat(Numbers.of(0.00001234)).isEqualTo("1.234e-5");
    assertThat(Numbers.of(Double.NaN)).isEqualTo("–");
    assertThat(Numbers.fixed(-0.001, 1)).isEqualTo("0.0");
    assertThat(Numbers.column(9.8, 487.12, Double.NaN)).containsExactly("9.8", "487.1", "–");
    assertThat(Numbers.percent(0.935)).isEqualTo("93.5 %");
    assertThat(Numbers.interval(480.2, 499)).isEqualTo("[480.2, 499.0]");
    assertThat(Numbers.ends(81.92, 8_192)).containsExactly("82", "8,192");
    assertThat(Numbers.ends(0.0625, 1)).containsExactly("0.063", "1");
    assertThat(Numbers.ends(-1e-5, 0)).containsExactly("-1e-5", "0");
    assertThat(Numbers.ends(Double.NaN, 2)).containsExactly("–", "2");
  }

  @Test
  void durationsNameTheirTwoLargestUnits() {
    assertThat(Numbers.duration(4.21)).isEqualTo("4.2 s");
    assertThat(Numbers.duration(12)).isEqualTo("12 s");
    assertThat(Numbers.duration(59.7)).isEqualTo("1 min 00 s");
    assertThat(Numbers.duration(65)).isEqualTo("1 min 05 s");
    assertThat(Numbers.duration(7_620)).isEqualTo("2 h 07 min");
    assertThat(Numbers.duration(273_600)).isEqualTo("3 d 04 h");
    assertThat(Numbers.duration(Double.NaN)).isEqualTo("–");
  }

  @Test
  void glyphsFollowTheEncoding() {
    assertThat(Glyphs.of("UTF-8")).isEqualTo(Glyphs.UNICODE);
    assertThat(Glyphs.of("US-ASCII")).isEqualTo(Glyphs.ASCII);
    assertThat(Glyphs.of("no such charset")).isEqualTo(Glyphs.ASCII);
  }

  @Test
  void sparklineShowsGapsAsSpaces() {
    assertThat(Sparkline.of(new double[] {0, 1, 2, 3, 4}, 10)).isEqualTo("▁▂▃▅▇");
    assertThat(Sparkline.of(new double[] {Double.NaN, 1, 2}, 10)).isEqualTo(" ▁▇");
    assertThat(Sparkline.of(new double[0], 10)).isEmpty();
  }

  @Test
  void withoutARendererAPictureIsRefusedWithTheRemedy() {
    Dots dots = new Dots("IQM", "return", List.of(new Dot("a", 1, 1, 1)));
    assertThatThrownBy(dots::png)
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "figure: expected a renderer on the class path, got none. Add dev.retort:retort-report, or print the figure as text.");
    assertThatThrownBy(() -> dots.save(Path.of("iqm.jpg")))
        .hasMessage(
            "save figure 'IQM': expected a file that ends in .png, .svg or .pdf, got 'iqm.jpg'. Name it 'iqm.pdf' for a paper, or 'iqm.png' for a screen.");
  }

  @Test
  void partsOfDifferentLengthsAreRefused() {
    assertThatThrownBy(() -> Line.of("PPO", new double[] {0, 1}, new double[] {0}))
        .hasMessage("line 'PPO': expected 2 values, one a place, got 1.");
    assertThatThrownBy(() -> Line.of("PPO", new double[] {1, 0}, new double[] {0, 0}))
        .hasMessage("line 'PPO': expected places in ascending order, got 0.0 after 1.0 (place 1).");
    assertThatThrownBy(() -> new Dot("a", 1, 2, 1))
        .hasMessage("dot 'a': expected low <= high, got 2.0 > 1.0.");
    assertThatThrownBy(() -> TextTable.of(List.of("a", "b"), List.of(List.of("1"))))
        .hasMessage("text table: expected 2 cells a row [a, b], got 1 [1].");
  }

  @Test
  void pointsPrintAsLettersWithTheDiagonal() {
    double[] x = {0, 4};
    Scatter scatter =
        Scatter.of(
                "Two methods",
                "alone",
                "together",
                Trace.of("up", x, x),
                Trace.of("down", x, new double[] {4, Double.NaN}))
            .diagonal();
    List<String> lines = scatter.text(Glyphs.UNICODE).lines().toList();
    assertThat(lines).hasSize(11).startsWith("Two methods");
    assertThat(lines.get(1)).startsWith("│b").endsWith("a");
    assertThat(lines.get(8)).startsWith("│a···");
    assertThat(lines.subList(9, 11))
        .containsExactly("a up  b down", "alone 0 to 4; together 0 to 4");
    assertThat(Scatter.of("none", "x", "y").text(Glyphs.UNICODE)).isEqualTo("none\nno values yet");
  }

  @Test
  void picturesPrintAsShadesOverTheirCaptions() {
    Raster raster = Raster.of(new int[][] {{0x000000, 0xFFFFFF}});
    List<String> lines =
        Pictures.of("Seen", new Picture("first", raster), new Picture("second", raster))
            .text(Glyphs.UNICODE)
            .lines()
            .toList();
    assertThat(lines).hasSize(9).startsWith("Seen");
    assertThat(lines.get(1)).isEqualTo("███████" + " ".repeat(9) + "███████");
    assertThat(lines.get(8)).isEqualTo("first           second");
  }

  @Test
  void longTextsOfAColumnShowWhatDiffersBetweenThem() {
    String same = "minimizing mse of mean and 0.1 of features and ";
    List<String> alike =
        List.of(same + "kl · seed 7 · epochs 20", same + "jsd · seed 7 · epochs 20");
    assertThat(Cells.shorten(alike, 30))
        .as("both the beginning and the end are the same")
        .containsExactly("minimizin…kl · seed 7 · epoch…", "minimizin…jsd · seed 7 · epoc…");
    assertThat(Cells.shorten(List.of(same + "1", same + "2", "short"), 20))
        .as("ends that differ stay")
        .containsExactly("minimizin…ures and 1", "minimizin…ures and 2", "short");
    assertThat(Cells.shorten(List.of(same, same), 20)).containsOnly(same.substring(0, 19) + "…");
  }

  @Test
  void whatIsNoPictureIsRefused() {
    assertThatThrownBy(() -> new Raster(2, 1, List.of(0)))
        .isInstanceOf(RetortException.class)
        .hasMessage("raster: expected 2 pixels for 2×1, got 1.");
    assertThatThrownBy(() -> new Raster(1, 1, List.of(-1)))
        .isInstanceOf(RetortException.class)
        .hasMessage("raster: expected colors from 0 to 0xFFFFFF, got -1.");
    assertThatThrownBy(() -> new Ground(1, 0, 0, 1, Raster.NONE))
        .isInstanceOf(RetortException.class)
        .hasMessageContaining("got 1.0 to 0.0 and 0.0 to 1.0");
    assertThatThrownBy(() -> Trace.of("a", new double[2], new double[1]))
        .isInstanceOf(RetortException.class)
        .hasMessage("trace 'a': expected as many numbers across as up, got 2 and 1.");
    assertThat(Raster.grey(new double[][] {{0, 1, Double.NaN}}).pixels())
        .containsExactly(0xFFFFFF, 0x888888, 0xFFFFFF);
  }
}
