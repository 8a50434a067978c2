package dev.retort.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import dev.retort.figure.Bars;
import dev.retort.figure.Dot;
import dev.retort.figure.Dots;
import dev.retort.figure.Figure;
import dev.retort.figure.FigureRenderer;
import dev.retort.figure.Ground;
import dev.retort.figure.Heat;
import dev.retort.figure.Line;
import dev.retort.figure.Lines;
import dev.retort.figure.Panels;
import dev.retort.figure.Picture;
import dev.retort.figure.PictureFormat;
import dev.retort.figure.Pictures;
import dev.retort.figure.Raster;
import dev.retort.figure.Scatter;
import dev.retort.figure.Trace;
import dev.retort.figure.Tracks;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knowm.xchart.style.HeatMapStyler;

class ChartsTest {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final byte[] END = {
    0, 0, 0, 0, 'I', 'E', 'N', 'D', (byte) 0xAE, 0x42, 0x60, (byte) 0x82
  };

  private static final List<Figure> PLANES = planes();

  /** One of each kind of figure in a plane: points, tracks over a picture, pictures. */
  private static List<Figure> planes() {
    double[] x = {0, 1, 2, 3};
    double[] y = {3, 1, 2, Double.NaN};
    Raster raster = Raster.of(new int[][] {{0xFF0000, 0xFFFFFF}, {0x000000, 0x0000FF}});
    return List.of(
        Scatter.of("points", "A", "B", Trace.of("a", x, y), Trace.of("a", y, x)).diagonal(),
        Tracks.of("tracks", "x", "y", Trace.of("a", x, y), Trace.of("b", y, x))
            .over(new Ground(-1, 4, -1, 4, Raster.grey(new double[][] {{0, 1}, {2, 3}}))),
        Pictures.of("pictures", new Picture("one", raster), new Picture("", Raster.NONE)));
  }

  static List<Figure> figures() {
    double[] x = {0, 1, 2, 3};
    double[] y = {0, 10, Double.NaN, 40};
    double[][] members = {{0, 9, Double.NaN, 30}, {1, 11, 20, 50}};
    Line line = Line.of("PPO", x, y).band(members[0], members[1]).members(members);
    double nan = Double.NaN;
    return List.of(
        Lines.of("all at once", "steps", "return", line, Line.of("PPO", x, x)),
        Lines.of("nothing yet", "steps", "return"),
        Lines.of("only gaps", "steps", "", Line.of("", new double[] {0}, new double[] {nan})),
        Lines.of("a point", "steps", "return", Line.of("PPO", new double[] {0}, new double[] {1})),
        Lines.of("flat", "steps", "return", Line.of("PPO", x, new double[4])),
        new Dots("dots", "return", List.of(new Dot("a", 1, 0, 2), new Dot("a", 2, 2, 2))),
        new Dots("one", "return", List.of(new Dot("only", 1, 1, 1))),
        new Dots("none", "return", List.of()),
        new Bars("bars", "action", "count", List.of("left", "left", ""), List.of(1.0, 0.0, 2.0)),
        new Bars("none", "action", "count", List.of(), List.of()),
        Bars.histogram("many", "return", new double[] {-1, 0, 1, 2, 3, 5}, 40),
        Heat.of("heat", "x", "y", new double[][] {{0, 1}, {nan, 2}}),
        Heat.of("flat", "x", "y", new double[30][30]),
        Heat.of("no values", "x", "y", new double[][] {{nan}}),
        PLANES.get(0),
        PLANES.get(1),
        Tracks.of("nothing", "x", "y"),
        Scatter.of("nothing", "x", "y", Trace.of("a", new double[] {nan}, new double[] {1})),
        Scatter.of("a point", "x", "y", Trace.of("a", new double[] {2}, new double[] {1}))
            .diagonal(),
        PLANES.get(2),
        new Pictures("none", List.of()),
        new Panels("planes", 2, PLANES),
        new Panels(
            "panels",
            2,
            List.of(
                Lines.of("one", "steps", "return", line),
                Lines.of("two", "steps", "return"),
                Heat.of("three", "x", "y", new double[][] {{0, 1}}))));
  }

  @ParameterizedTest
  @MethodSource("figures")
  void everyFigureGivesACompletePicture(Figure figure) throws IOException {
    byte[] png = figure.png(480, 300);
    assertThat(Arrays.copyOf(png, 8)).isEqualTo(SIGNATURE);
    assertThat(Arrays.copyOfRange(png, png.length - 12, png.length)).isEqualTo(END);
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(picture.getWidth()).isEqualTo(480);
    assertThat(picture.getHeight()).isEqualTo(300);
    assertThat(new Color(picture.getRGB(1, 1))).isEqualTo(Color.WHITE);
    if (Fonts.present()) {
      assertThat(isDark(picture, 100, 380, 0, 44)).as("has its title").isTrue();
    }
  }

  /** A square map in a wide picture: its axes end where it does. */
  @Test
  void axesAreCloseAroundWhatLiesBelowTracks() throws IOException {
    int red = 0xFFFF0000;
    Tracks map =
        Tracks.of("t", "x", "y", Trace.of("a", new double[] {2, 3}, new double[] {2, 3}))
            .over(new Ground(0, 10, 0, 10, Raster.of(new int[][] {{0xFF0000}})));
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(map.png(720, 420)));
    int ground = 0;
    int axis = 0;
    for (int y = 0; y < picture.getHeight(); y++) {
      int run = 0;
      for (int x = 0; x < picture.getWidth(); x++) {
        boolean goes = x > 0 && picture.getRGB(x, y) == picture.getRGB(x - 1, y);
        run = goes ? run + 1 : 1;
        boolean isAxis = picture.getRGB(x, y) != red && picture.getRGB(x, y) != 0xFFFFFFFF;
        ground = picture.getRGB(x, y) == red ? Math.max(ground, run) : ground;
        axis = isAxis ? Math.max(axis, run) : axis;
      }
    }
    assertThat(ground).isGreaterThan(250);
    assertThat(axis).isBetween(ground, ground * 11 / 10);
  }

  @Test
  void whatLiesBelowTracksIsDrawnWhereItIsAndAUnitIsAsLongAcrossAsUp() throws IOException {
    Raster red = Raster.of(new int[][] {{0xFF0000}});
    Tracks tracks =
        Tracks.of("t", "x", "y", Trace.of("a", new double[] {0, 10}, new double[] {0, 2}))
            .over(new Ground(2, 6, 0, 4, red));
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(tracks.png(720, 420)));
    int[] columns =
        IntStream.range(0, 720).filter(x -> isRed(picture.getSubimage(x, 0, 1, 420))).toArray();
    int[] rows =
        IntStream.range(0, 420).filter(y -> isRed(picture.getSubimage(0, y, 720, 1))).toArray();
    assertThat(columns.length).isGreaterThan(60).isCloseTo(rows.length, within(4));
    assertThat(Svg.of(tracks)).contains("<image", "data:image/png;base64,");
  }

  @Test
  void picturesKeepTheirPixelsAndAreNoChart() throws IOException {
    Raster raster = Raster.of(new int[][] {{0xFF0000, 0xFFFFFF}});
    Pictures two = Pictures.of("t", new Picture("a", raster), new Picture("b", raster));
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(two.png(400, 300)));
    long red =
        IntStream.range(0, 400).filter(x -> isRed(picture.getSubimage(x, 0, 1, 300))).count();
    assertThat(red).isGreaterThan(100).isLessThan(200);
    assertThatThrownBy(() -> Charts.chart(two, 400, 300))
        .isInstanceOf(RetortException.class)
        .hasMessage("chart of 't': expected a figure with axes, got pictures. Take its png().");
  }

  /** Whether any pixel is red. */
  private static boolean isRed(BufferedImage part) {
    return Arrays.stream(
            part.getRGB(0, 0, part.getWidth(), part.getHeight(), null, 0, part.getWidth()))
        .anyMatch(pixel -> (pixel & 0xFFFFFF) == 0xFF0000);
  }

  private static boolean isDark(BufferedImage picture, int left, int right, int top, int bottom) {
    return IntStream.range(left, right)
        .anyMatch(
            x ->
                IntStream.range(top, bottom)
                    .mapToObj(y -> new Color(picture.getRGB(x, y)))
                    .anyMatch(color -> color.getRed() + color.getGreen() + color.getBlue() < 200));
  }

  @ParameterizedTest
  @MethodSource("figures")
  void everyFigureCanBeSketchedWithoutAFont(Figure figure) {
    BufferedImage picture = Sketch.of(figure, 480, 300);
    assertThat(new Color(picture.getRGB(1, 1))).isEqualTo(Color.WHITE);
    assertThat(IntStream.range(0, 300).mapToObj(y -> new Color(picture.getRGB(24, y))))
        .anyMatch(color -> !color.equals(Color.WHITE));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aMachineWithoutFontsStillGivesAPicture(@TempDir Path folder) throws Exception {
    Path fonts = Files.writeString(folder.resolve("fonts.conf"), "<fontconfig></fontconfig>");
    Path out = folder.resolve("picture.png");
    ProcessBuilder bare =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.awt.headless=true",
            "-Duser.home=" + folder,
            "-cp",
            System.getProperty("java.class.path"),
            Bare.class.getName(),
            out.toString());
    bare.environment().put("FONTCONFIG_FILE", fonts.toString());
    bare.redirectErrorStream(true);
    Process process = bare.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    assertThat(ImageIO.read(out.toFile()).getWidth()).isEqualTo(Figure.WIDTH);
  }

  /** What the bare machine runs. */
  static final class Bare {
    private Bare() {}

    public static void main(String[] arguments) {
      if (Fonts.present()) {
        throw new AssertionError("expected no fonts, found some");
      }
      figures().get(0).save(Path.of(arguments[0]));
    }
  }

  @Test
  void theModuleIsFoundAsAService() {
    assertThat(FigureRenderer.installed()).isInstanceOf(Charts.class);
  }

  @Test
  void theLegendStandsOutsideThePlot() {
    var styler = Charts.chart(figures().get(0), 720, 420).getStyler();
    assertThat(styler.isLegendVisible()).isTrue();
    assertThat(styler.getLegendPosition().name()).startsWith("Outside");
  }

  @Test
  void aSavedPictureReplacesTheOneBefore(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("new/folder/curve.png");
    figures().get(0).save(file);
    figures().get(4).save(file);
    assertThat(ImageIO.read(file.toFile())).isNotNull();
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @ParameterizedTest
  @MethodSource("figures")
  void everyFigureIsWrittenAsOutlinesThatAreTheSameEachTime(Figure figure, @TempDir Path folder)
      throws Exception {
    Path svg = folder.resolve("figure.svg");
    Path pdf = folder.resolve("figure.PDF");
    figure.save(svg);
    figure.save(pdf);
    var drawn = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(svg.toFile());
    assertThat(drawn.getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(drawn.getDocumentElement().getAttribute("viewBox"))
        .isEqualTo("0 0 %s %s", figure.width(), figure.height());
    assertThat(drawn.getElementsByTagName("text").getLength()).as("letters are outlines").isZero();
    assertThat(Files.readString(svg)).doesNotContain("DOCTYPE", "href=\"http", "NaN", "Infinity");
    try (PDDocument document = Loader.loadPDF(pdf.toFile())) {
      assertThat(document.getNumberOfPages()).isEqualTo(1);
      assertThat(document.getPage(0).getMediaBox().getWidth())
          .as("96 pixels are an inch, which is 72 points")
          .isEqualTo(0.75f * figure.width());
      assertThat(document.getDocumentInformation().getTitle()).isEqualTo(figure.title());
      BufferedImage seen = new PDFRenderer(document).renderImageWithDPI(0, 96);
      assertThat(isDark(seen, 0, seen.getWidth(), 0, seen.getHeight())).as("is not blank").isTrue();
    }
    assertThat(figure.picture(PictureFormat.SVG, figure.width(), figure.height()))
        .isEqualTo(Files.readAllBytes(svg));
    assertThat(figure.picture(PictureFormat.PDF, figure.width(), figure.height()))
        .isEqualTo(Files.readAllBytes(pdf));
  }

  @Test
  void theScaleOfAHeatMapEndsAtShortNumbers() {
    Heat seen = Heat.of("attention", "x", "y", new double[][] {{0.0321, 0.34567}});
    HeatMapStyler styler = (HeatMapStyler) HeatChart.of(seen, 800, 500).getStyler();
    assertThat(styler.getMin()).isEqualTo(0.032);
    assertThat(styler.getMax()).isEqualTo(0.346);
    Heat large = Heat.of("returns", "x", "y", new double[][] {{-1234.5, 8_765}});
    styler = (HeatMapStyler) HeatChart.of(large, 800, 500).getStyler();
    assertThat(styler.getMin()).isEqualTo(-1240);
    assertThat(styler.getMax()).isEqualTo(8_770);
  }

  @Test
  void namesBelowAHeatMapOfManyColumnsDoNotTouch() {
    List<String> many = Collections.nCopies(40, "-0.9975");
    List<Double> row = Collections.nCopies(40, 1.0);
    Heat bins = new Heat("prior", "x", "y", List.of("-0.0647"), many, List.of(row));
    assertThat(HeatChart.labels(bins, 800)).isEqualTo(7);
    assertThat(HeatChart.labels(bins, 100)).isEqualTo(2);
    Heat few = Heat.of("three", "x", "y", new double[][] {{0, 1, 2}});
    assertThat(HeatChart.labels(few, 100)).as("all of a few").isEqualTo(12);
  }

  @Test
  void aHeatMapsScaleAndAGroundsPixelsAreInItsSvgToo() {
    Figure heat = Heat.of("three", "x", "y", new double[][] {{0, 1}});
    assertThat(new String(heat.picture(PictureFormat.SVG, 480, 300), UTF_8))
        .contains("<linearGradient", "stop-color:" + Palette.hex(Palette.heat()[0]));
    Figure over =
        Tracks.of("t", "x", "y", Trace.of("a", new double[] {0, 10}, new double[] {0, 2}))
            .over(new Ground(2, 6, 0, 4, Raster.of(new int[][] {{0xFF0000}})));
    assertThat(new String(over.picture(PictureFormat.SVG, 480, 300), UTF_8))
        .contains("data:image/png;base64,");
  }

  @Test
  void aLongTitleIsWrittenInSeveralLinesAndStaysWhole() {
    String title = "DQN from a prior of nineteen solved tasks, on tasks that it has never seen";
    Font bold = new Font(Font.SANS_SERIF, Font.BOLD, 13);
    assertThat(String.join(" ", new Heading(title, bold, 480, 320).lines())).isEqualTo(title);
    assertThat(new Heading(title, bold, 480, 320).lines().size()).isBetween(2, 3);
    assertThat(new Heading(title, bold, 2_000, 320).lines()).containsExactly(title);
    assertThat(new Heading(title, bold, 480, 320).height()).isLessThan(320 / 3 + 1);
    assertThat(new Heading(title.repeat(20), bold, 480, 320).lines())
        .last()
        .asString()
        .endsWith("…");
    assertThat(Charts.chart(Lines.of(title, "x", "y"), 480, 320).getTitle()).startsWith(title);
  }
}
