package dev.retort.kernel.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of values when a cell is run again, changed or not. */
class RedeclarationTest {
  private final PrintStream before = System.err;
  private final ByteArrayOutputStream notes = new ByteArrayOutputStream();
  private JavaEngine engine;
  private int count;

  @BeforeEach
  void start() {
    System.setErr(new PrintStream(notes, true, UTF_8));
    engine = JavaEngine.start(MagicNames.NONE);
    run("import java.util.*; import java.util.function.*;");
  }

  @AfterEach
  void stop() {
    engine.close();
    System.setErr(before);
  }

  private CellOutcome attempt(String cell) {
    return engine.run(new Cell(++count, cell));
  }

  private String run(String cell) {
    CellOutcome outcome = attempt(cell);
    assertThat(outcome).isInstanceOf(CellOutcome.Done.class);
    return ((CellOutcome.Done) outcome).value().map(String::valueOf).orElse("");
  }

  private String said() {
    String said = notes.toString(UTF_8).strip();
    notes.reset();
    return said;
  }

  @Test
  void valuesStayWhenWhatTheyWereMadeOfIsDeclaredAnew() {
    run(
        """
        double rate = 0.002;
        var half = rate / 2;
        var best = new ArrayList<>(List.of(rate));
        var quarter = half / 2;
        int g() { return 1; }
        var w = g();
        record Track(int length) { int laps() { return 3; } }
        Track track = new Track(8);
        Supplier<Double> later = () -> rate * g();
        """);
    run("best.add(7.0);");
    run("double rate = 0.004;\nint g() { return 2; }");
    run("record Track(int length) { int laps() { return 4; } }");
    run("import java.util.zip.*;");
    run("import static java.lang.Math.max;");
    assertThat(run("half + \" \" + best + \" \" + quarter + \" \" + w + \" \" + track"))
        .isEqualTo("0.001 [0.002, 7.0] 5.0E-4 1 Track[length=8]");
    assertThat(run("later.get() + track.laps()")).isEqualTo("4.008");
    assertThat(said()).isEmpty();
  }

  @Test
  void valuesStayWhenWhatTheyWereMadeOfIsOfAnotherType() {
    run(
        "double rate = 0.5; var half = rate / 2; var all = List.of(rate); double twice() { return 2 * rate; }");
    run("int rate = 3;");
    assertThat(run("half + \" \" + all + \" \" + twice()")).isEqualTo("0.25 [0.5] 6.0");
    run("String rate = \"three\";");
    assertThat(said()).startsWith("twice cannot be used until its errors are mended (");
    assertThat(run("half + \" \" + all")).isEqualTo("0.25 [0.5]");
  }

  @Test
  void aValueThatDoesNotFitIsNamedWithWhatResetIt() {
    run("record Track(int length) { }\nTrack track = new Track(8); var tracks = List.of(track);");
    run("class Fleet { static int count = 2; Track first; }\nFleet fleet = new Fleet();");
    run("record Track(int length, int width) { }");
    assertThat(said().lines())
        .containsExactlyInAnyOrder(
            "track was reset: its value does not fit any more, since Track was declared anew, and"
                + " with it Fleet. Declare track again.",
            "fleet was reset: its value does not fit any more, since Track was declared anew, and"
                + " with it Fleet. Declare fleet again.",
            "the static fields of Fleet begin anew, since Track was declared anew, and with it"
                + " Fleet.",
            "tracks still holds what was made of the Track before, since Track was declared anew,"
                + " and with it Fleet. Make it again.");
    assertThat(run("track == null && tracks.size() == 1")).isEqualTo("true");
    CellOutcome.Failed failed = (CellOutcome.Failed) attempt("Track first = tracks.get(0);");
    assertThat(failed.failure().message())
        .isEqualTo(
            "expected a Track as it is declared now, got one of the Track before. Make the object"
                + " again.");
  }

  @Test
  void valuesOfExpressionsAreNotNamedForNobodyGaveThemNames() {
    run("record Lap(int length) { }\nnew Lap(8)");
    run("List.of(new Lap(9))");
    run("record Lap(int length, int width) { }");
    assertThat(said()).isEmpty();
  }

  @Test
  void messagesOfTheJvmNameVariablesAsTheUserDoes() {
    run("String absent = null;");
    CellOutcome.Failed failed = (CellOutcome.Failed) attempt("absent.length()");
    assertThat(failed.failure().message()).endsWith("because \"absent\" is null");
  }

  @Test
  void staticFieldsAndConstantsAreThoseOfTheLastDeclaration() {
    run("class Counter { static int n = 5; static final double RATE = 0.1; }\nCounter.n = 9;");
    run("double rate() { return Counter.RATE; }");
    run("class Counter { static int n = 5; static final double RATE = 0.1; }");
    assertThat(run("Counter.n")).as("the same once more").isEqualTo("9");
    run("class Counter { static int n = 6; static final double RATE = 0.2; }");
    assertThat(run("Counter.n + rate()")).isEqualTo("6.2");
    run("enum Size { SMALL(1); final int n; Size(int n) { this.n = n; } }");
    run("enum Size { SMALL(2); final int n; Size(int n) { this.n = n; } }");
    assertThat(run("Size.SMALL.n")).isEqualTo("2");
  }

  @Test
  void aDeclarationThatIsRefusedLeavesTheOneBefore() {
    run("int n = 5; int twice = 2 * n; int f() { return n; }");
    assertThat(attempt("int n = missing;")).isInstanceOf(CellOutcome.Failed.class);
    assertThat(attempt("int n = " + "(".repeat(60_000) + "1;"))
        .isInstanceOf(CellOutcome.Failed.class);
    assertThat(attempt("int f() { return \"text\"; }")).isInstanceOf(CellOutcome.Failed.class);
    assertThat(attempt("String n = \"" + "n".repeat(70_000) + "\";"))
        .isInstanceOf(CellOutcome.Failed.class);
    assertThat(run("n + twice + f()")).isEqualTo("20");
  }

  @Test
  void aClassIsWhatItsBytesSayAfterItWasDeclaredAnew() {
    run("class Reward { int of() { return 1; } }\nvar reward = new Reward();");
    String bytes =
        "Arrays.hashCode(reward.getClass().getResourceAsStream("
            + "reward.getClass().getName().replaceFirst(\".*[.]\", \"\") + \".class\")"
            + ".readAllBytes())";
    String first = run(bytes);
    run("class Reward { int of() { return 2; } }");
    assertThat(run("reward.of()")).isEqualTo("2");
    assertThat(run(bytes)).isNotEqualTo(first);
  }

  @Test
  void whatIsStillMissingIsToldWhenTheWholeCellHasBeenTaken() {
    run("int even(int n) { return n == 0 ? 1 : odd(n - 1); }\nint odd(int n) { return 0; }");
    assertThat(said()).isEmpty();
    run("int first() { return second() + third(); }\nint second() { return 1; }");
    assertThat(said()).isEqualTo("first cannot be used until method third() is declared.");
    run("int third() { return 3; }");
    assertThat(run("first()")).isEqualTo("4");
  }

  @Test
  void aSealedTypeHasTheSubtypesOfItsCell() {
    run("sealed interface Shape { }\nrecord Disc(double r) implements Shape { }");
    assertThat(run("Shape shape = new Disc(1);\nshape")).isEqualTo("Disc[r=1.0]");
    run("sealed interface Shape { }\nrecord Disc(double r) implements Shape { }");
    assertThat(run("shape")).isEqualTo("Disc[r=1.0]");
    CellOutcome.Failed failed = (CellOutcome.Failed) attempt("sealed interface Alone { }");
    assertThat(String.join("\n", failed.failure().lines())).contains("or inside it: sealed");
  }

  @Test
  void theCompilerWorksAfterItGaveUp() {
    for (String tooMuch :
        new String[] {
          "var s = \"" + "s".repeat(70_000) + "\";",
          "int[] a = {" + "1, ".repeat(20_000) + "1};",
          "int sum = " + "(".repeat(60_000) + "1" + ")".repeat(60_000) + ";",
          "if (true) { } " + "else if (true) { } ".repeat(60_000)
        }) {
      CellOutcome.Failed failed = (CellOutcome.Failed) attempt(tooMuch);
      assertThat(failed.failure().name()).isEqualTo("CompileError");
      assertThat(run("1 + 1")).isEqualTo("2");
    }
    assertThat(run("int sum = 1" + " + 1".repeat(3_000) + ";\nsum")).isEqualTo("3001");
    assertThat(said()).isEmpty();
  }
}
