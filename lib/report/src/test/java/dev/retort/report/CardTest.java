package dev.retort.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.figure.Bars;
import dev.retort.figure.Dot;
import dev.retort.figure.Dots;
import dev.retort.figure.Glyphs;
import dev.retort.figure.Heat;
import dev.retort.figure.Line;
import dev.retort.figure.Lines;
import dev.retort.figure.TextTable;
import dev.retort.report.Card.State;
import dev.retort.run.Curve;
import java.awt.Color;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class CardTest {
  private static final String EVIL = "<script>alert('x')</script>\"onload=\"&";
  private static final Pattern ALLOWED =
      Pattern.compile(
          "</?(div|span|table|thead|tbody|tr|th|td|svg|path|polyline|polygon|rect|circle|text)( [^<>]*)?>");

  private static Card evil() {
    double[] x = {0, 1};
    Line line = Line.of(EVIL, x, x);
    return Card.titled(EVIL)
        .state(State.FAILED)
        .progress(1, 2, EVIL)
        .key(EVIL, EVIL)
        .figure(new Lines(EVIL, EVIL, EVIL, List.of(line, line)))
        .figure(new Dots(EVIL, EVIL, List.of(new Dot(EVIL, 1, 0, 2))))
        .figure(new Bars(EVIL, EVIL, EVIL, List.of(EVIL), List.of(1.0)))
        .figure(new Heat(EVIL, EVIL, EVIL, List.of(EVIL), List.of(EVIL), List.of(List.of(1.0))))
        .table(TextTable.of(List.of(EVIL), List.of(List.of(EVIL))))
        .note(EVIL);
  }

  private static void isPassive(String html) {
    assertThat(html)
        .doesNotContain("<script", "javascript:", "http:", "https:", "<style", "@import");
    var tags = Pattern.compile("<[^>]*>").matcher(html);
    int count = 0;
    while (tags.find()) {
      count++;
      assertThat(ALLOWED.matcher(tags.group()).matches()).as(tags.group()).isTrue();
      assertThat(tags.group()).doesNotContainPattern("\\son\\w+\\s*=");
    }
    assertThat(count).isPositive();
    assertThat(html.getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
        .isLessThanOrEqualTo(Html.LIMIT);
  }

  @Test
  void everyStringOfAUserComesOutEscaped() {
    isPassive(evil().html());
    assertThat(evil().html())
        .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;onload");
  }

  @Test
  void everyStringInATableComesOutEscaped() {
    Table table = Table.create(EVIL, StringColumn.create(EVIL, EVIL), IntColumn.create("n", 1));
    isPassive(Html.table(table));
    assertThat(Html.table(table)).contains("&lt;script&gt;");
  }

  @Test
  void aLongTableSaysHowManyRowsItLeavesOut() {
    Table table = Table.create(IntColumn.indexColumn("step", 10_000, 0));
    assertThat(Html.table(table, 10)).contains("… 9,990 more rows");
    assertThat(Html.table(table, 10).split("<tr ", -1)).hasSize(11);
  }

  @Test
  void aTableNeverGrowsBeyondItsLimit() {
    String[] cells = new String[5_000];
    java.util.Arrays.fill(cells, EVIL.repeat(20));
    Table table = Table.create(StringColumn.create("a", cells));
    isPassive(Html.table(table, 5_000));
    assertThat(Html.table(table, 5_000)).contains("more rows");
  }

  @Test
  void numbersStandAtTheRightAndTextAtTheLeft() {
    Table table =
        Table.create(StringColumn.create("policy", "ppo"), DoubleColumn.create("return", 487.12));
    assertThat(Html.table(table))
        .containsPattern("<td style=\"text-align:left[^>]*>ppo</td>")
        .containsPattern("<td style=\"text-align:right[^>]*>487.1</td>");
  }

  @Test
  void nothingIsPaintedThatADarkPageCouldNotShow() {
    assertThat(evil().html().replaceAll("background:#[0-9a-f]{6};color:#fff", ""))
        .doesNotContainPattern("[^-]color:#|background:(white|#fff)|fill=\"(black|#000)");
  }

  /** How far two grays or colors are apart to the eye, from 1 to 21. Source: WCAG 2.2. */
  private static double contrast(Color one, Color other) {
    double lighter = Math.max(luminance(one), luminance(other));
    double darker = Math.min(luminance(one), luminance(other));
    return (lighter + 0.05) / (darker + 0.05);
  }

  private static double luminance(Color color) {
    double[] parts = new double[3];
    float[] shares = color.getRGBColorComponents(null);
    Arrays.setAll(
        parts,
        i -> shares[i] <= 0.04045 ? shares[i] / 12.92 : Math.pow((shares[i] + 0.055) / 1.055, 2.4));
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  }

  @Test
  void whatIsWrittenInDrawingsIsReadableOnAnyGroundWithoutThePagesColor() {
    var texts = Pattern.compile("<text [^>]*fill=\"(#[0-9a-f]{6})\"").matcher(evil().html());
    int count = 0;
    while (texts.find()) {
      Color ink = Color.decode(texts.group(1));
      assertThat(contrast(ink, Color.WHITE)).isGreaterThan(4);
      assertThat(contrast(ink, new Color(0x111111))).isGreaterThan(4);
      count++;
    }
    assertThat(count).isGreaterThan(4);
    assertThat(evil().html()).doesNotContain("currentColor");
  }

  @Test
  void aTitleWithoutASpaceIsBrokenWithinTheCard() {
    String html = Card.titled("CartPole-varied/train-5/".repeat(9)).state(State.RUNNING).html();
    assertThat(html).containsPattern("<div style=\"[^\"]*overflow-wrap:break-word");
    assertThat(html)
        .as("beside its badge a title may be narrower than its longest word")
        .containsPattern("<span style=\"[^\"]*min-width:0[^\"]*\">CartPole-varied");
  }

  @Test
  void theRunOfALongTitleAndTheEndOfANoteCanBeReadInATextToo() {
    String text =
        Card.titled("10 networks of mlp:8 to reward of Corridor-epsilon:0.2-1000 · run 0010")
            .state(State.FOUND_AGAIN)
            .note(
                "run 0010 stopped at step 0 of 60,000, before anything of it could be saved: resume it with resume(10), or %resume 10")
            .text(Glyphs.UNICODE);
    assertThat(text)
        .isEqualTo(
            """
            10 networks of mlp:8 to reward of Corridor-epsilon:0.2… · run 0010 [found again]
            run 0010 stopped at step 0 of 60,000, before anything of it could be saved:
            resume it with resume(10), or %resume 10""");
    String lines = Card.titled("x").note("word ".repeat(200)).text(Glyphs.UNICODE);
    assertThat(lines.lines()).hasSize(4).allMatch(line -> line.length() <= 80);
    assertThat(lines).endsWith("…");
  }

  @Test
  void aRunWhoseReturnNobodyHasYetShowsWhatItHas() {
    Curve curve = new Curve("return", "loss");
    RunSnapshot nothing = snapshot(curve);
    assertThat(LiveCard.of(nothing).figures()).isEmpty();
    curve.add(100, 0, Double.NaN, 0.25);
    curve.add(200, 0, Double.NaN, 0.125);
    Card card = LiveCard.of(snapshot(curve));
    assertThat(card.keys()).contains(new Card.Key("loss", "0.125"));
    assertThat(card.figures().get(0).title()).isEqualTo("loss");
    assertThat(card.toString()).doesNotContain("no values yet");
    curve.add(300, 0, 17, 0.1);
    assertThat(LiveCard.of(snapshot(curve)).keys()).contains(new Card.Key("return", "17"));
  }

  private static RunSnapshot snapshot(Curve curve) {
    return RunSnapshot.of("0001", "rounds", "", State.RUNNING, 1, 2, "steps", 1, curve, "");
  }

  @Test
  void aHugeCardKeepsItsLimitByLeavingOutCharts() {
    List<String> labels = Collections.nCopies(1_000, EVIL.repeat(10));
    List<Double> heights = Collections.nCopies(1_000, 1.0);
    Card card = Card.titled(EVIL.repeat(10_000));
    for (int i = 0; i < 10; i++) {
      card = card.figure(new Bars(EVIL, EVIL, EVIL, labels, heights));
    }
    isPassive(card.html());
    assertThat(card.html()).contains("<svg");
  }

  @Test
  void textKeepsTwelveLinesOfEightyColumns() {
    for (Card card : List.of(evil(), live(State.RUNNING, 5_000))) {
      for (Glyphs glyphs : Glyphs.values()) {
        assertThat(card.text(glyphs).lines().count()).isLessThanOrEqualTo(12);
        assertThat(card.text(glyphs).lines()).allMatch(line -> line.length() <= 80);
      }
      assertThat(card.text(Glyphs.ASCII)).isASCII();
    }
  }

  private static Card live(State state, long step) {
    Curve curve = new Curve("loss", "return");
    for (long at = 1_000; at <= step; at += 1_000) {
      curve.add(at, 0, 0.5, at / 100.0 - 5);
      curve.add(at, 1, 0.5, at / 100.0 + 5);
    }
    String message = state == State.STOPPED ? "%resume 0007 goes on exactly." : "";
    return LiveCard.of(
        RunSnapshot.of(
            "0007",
            "PPO on CartPole",
            "seed 3 · steps 20000",
            state,
            step,
            20_000,
            "steps",
            step / 100.0,
            curve,
            message));
  }

  @Test
  void theDetailsOfARunStandBelowItsTitle() {
    Card card = live(State.RUNNING, 5_000);
    assertThat(card.text(Glyphs.UNICODE).lines().toList().get(1)).isEqualTo("seed 3 · steps 20000");
    assertThat(card.html()).contains("seed 3 · steps 20000");
    Card wide = card.details("many settings ".repeat(20));
    assertThat(wide.text(Glyphs.UNICODE).lines()).allMatch(line -> line.length() <= 80);
    assertThat(wide.html()).contains("many settings ".repeat(20).trim());
  }

  @Test
  void aRunningCardSaysHowFarHowFastAndHowLongStill() {
    assertThat(live(State.RUNNING, 5_000).text(Glyphs.ASCII))
        .isEqualTo(
            """
            PPO on CartPole . run 0007 [running]
            seed 3 . steps 20000
            #######.......................  5,000 of 20,000 steps
            elapsed 50 s   left 2 min 30 s   steps a second 100   return 50
            return, mean of 2 members
            return  ________........--------=======#  10 > 50
            steps 1,000 to 5,000; return 10 to 50""");
  }

  @Test
  void aCardWithoutARecordIsStillACard() {
    Card card = live(State.RUNNING, 0);
    assertThat(card.text(Glyphs.UNICODE))
        .isEqualTo(
            """
            PPO on CartPole · run 0007 [running]
            seed 3 · steps 20000
            ······························  0 of 20,000 steps
            elapsed 0.0 s""");
    isPassive(card.html());
    assertThat(card.png()).isEmpty();
  }

  /** Two members that end episodes at different steps, and are evaluated together. */
  private static Card uneven() {
    Curve curve = new Curve("return", "length", "evaluation");
    curve.add(100, 0, 10, 5, Double.NaN);
    curve.add(200, 1, 90, 5, Double.NaN);
    curve.add(300, 0, 20, 5, Double.NaN);
    curve.add(400, 0, Double.NaN, Double.NaN, 70);
    curve.add(400, 1, Double.NaN, Double.NaN, 74);
    curve.add(500, 1, 100, 5, Double.NaN);
    return LiveCard.of(
        RunSnapshot.of("0007", "PPO", "", State.RUNNING, 500, 1_000, "steps", 5, curve, ""));
  }

  @Test
  void aMeanIsOverTheLastNumbersOfAllMembers() {
    Lines lines = (Lines) uneven().figures().get(0);
    Line mean = lines.lines().get(0);
    assertThat(mean.x()).containsExactly(100.0, 200.0, 300.0, 400.0, 500.0);
    assertThat(mean.y()).containsExactly(Double.NaN, 50.0, 55.0, Double.NaN, 60.0);
    assertThat(uneven().text(Glyphs.ASCII)).contains("return 60");
  }

  @Test
  void evaluationsAreASecondLine() {
    Lines lines = (Lines) uneven().figures().get(0);
    Line evaluations = lines.lines().get(1);
    assertThat(evaluations.name()).isEqualTo("evaluation");
    assertThat(evaluations.x()).containsExactly(400.0);
    assertThat(evaluations.y()).containsExactly(72.0);
  }

  @Test
  void theLatestRecordsAreMeansOverMembers() {
    String html = live(State.FINISHED, 20_000).html();
    assertThat(html)
        .contains("finished", ">200<", ">20,000<", "<polyline")
        .doesNotContain(">15,000<");
    assertThat(live(State.FINISHED, 20_000).png()).isPresent();
  }

  @Test
  void aStoppedRunSaysHowToGoOn() {
    Card card = live(State.STOPPED, 7_000);
    assertThat(card.html()).contains("stopped", "%resume 0007 goes on exactly.");
    assertThat(card.text(Glyphs.UNICODE)).endsWith("%resume 0007 goes on exactly.");
    assertThat(card.keys().stream().map(Card.Key::name)).doesNotContain("left");
  }

  @Test
  void progressOfNothingIsRefused() {
    assertThatThrownBy(() -> Card.titled("x").progress(3, 0, "steps"))
        .hasMessage("progress: expected 0 or more steps of at least 1, got 3 of 0.");
  }

  @Test
  void aCurveOfOneRecordIsAPointAndNoEmptyAxes() {
    Lines one =
        Lines.of("loss", "epochs", "loss", Line.of("a", new double[] {3}, new double[] {2}));
    assertThat(Svg.of(one)).contains("<circle");
    Lines more =
        Lines.of("loss", "epochs", "loss", Line.of("a", new double[] {3, 4}, new double[] {2, 1}));
    assertThat(Svg.of(more)).contains("<polyline").doesNotContain("<circle");
  }
}
