package dev.retort.kernel.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.kernel.fixture.Gate;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a cell does there is an answer, and the next cell works. */
class SurvivalTest {
  private static final ByteArrayOutputStream NOTES = new ByteArrayOutputStream();
  private static PrintStream err;
  private static JavaEngine engine;

  @BeforeAll
  static void start() {
    err = System.err;
    System.setErr(new PrintStream(NOTES, true, StandardCharsets.UTF_8));
    engine = JavaEngine.start(MagicNames.NONE);
    CellOutcome unused =
        engine.run(
            new Cell(0, "import java.util.*; import java.util.stream.*; import java.math.*;"));
  }

  @AfterAll
  static void stop() {
    engine.close();
    System.setErr(err);
  }

  @AfterEach
  void theNextCellWorks() {
    assertThat(value("1 + 1")).isEqualTo("2");
    NOTES.reset();
  }

  private static CellOutcome run(String code) {
    return engine.run(new Cell(1, code), ValueText::of);
  }

  private static String value(String code) {
    CellOutcome outcome = run(code);
    assertThat(outcome).isInstanceOf(CellOutcome.Done.class);
    return ((CellOutcome.Done) outcome).value().map(String::valueOf).orElse("");
  }

  private static String failure(String code) {
    return report(run(code));
  }

  private static String report(CellOutcome outcome) {
    assertThat(outcome).isInstanceOf(CellOutcome.Failed.class);
    return String.join("\n", ((CellOutcome.Failed) outcome).failure().lines())
        .replaceAll("\u001b\\[[0-9;]*m", "");
  }

  private static String notes() {
    return NOTES.toString(StandardCharsets.UTF_8);
  }

  /** Interrupts a cell when it runs, and returns its report and how long that took. */
  private static String interrupted(String code) throws InterruptedException {
    Gate.close();
    long[] asked = new long[1];
    Thread hand =
        new Thread(
            () -> {
              try {
                Gate.await();
                Thread.sleep(100);
              } catch (InterruptedException e) {
                return;
              }
              asked[0] = System.nanoTime();
              engine.interrupt();
            });
    hand.start();
    String report = failure(Gate.class.getName() + ".open();\n" + code);
    long millis = (System.nanoTime() - asked[0]) / 1_000_000;
    hand.join();
    assertThat(millis).as(code).isLessThan(1500); // beside other tests; alone it takes 850
    return report;
  }

  @Test
  void aSumOfThousandsOfTermsAndAsManyBranchesAreCompiled() {
    assertThat(value("\"a\"" + " + \"a\"".repeat(3000))).hasSize(3001);
    String branches =
        IntStream.range(1, 2000)
            .mapToObj(i -> "else if (n == " + i + ") { n = -" + i + "; } ")
            .collect(Collectors.joining());
    assertThat(value("int n = 1998; if (n == 0) { } " + branches + "\nn")).isEqualTo("-1998");
  }

  @Test
  void anEndlessRecursionIsToldInFewLines() {
    assertThat(failure("int f(int n) { return f(n + 1); }\nf(0)"))
        .matches(
            """
            StackOverflowError
              at f, cell \\[1], line 1
              … the same, 1,02. more times""");
    assertThat(
            failure(
                "class Two {\n  int even(int n) { return odd(n + 1); }\n"
                    + "  int odd(int n) { return even(n + 1); }\n}\nnew Two().even(0)"))
        .contains("Two.even, cell [1], line 2", "Two.odd, cell [1], line 3", "the same 2 lines, 51")
        .satisfies(report -> assertThat(report.lines().count()).isLessThan(8));
    String wrapped =
        "int g(int n) { try { return g(n + 1); } catch (StackOverflowError e) {"
            + " throw new IllegalStateException(\"deep\", e); } }\ng(0)";
    assertThat(failure(wrapped))
        .contains("Caused by: StackOverflowError")
        .satisfies(report -> assertThat(report.lines().count()).isLessThanOrEqualTo(20));
    assertThat(
            failure(
                "Comparator<Integer> c(int n) { return c(IntStream.of(n).map(i -> i + 1)"
                    + ".boxed().map(i -> c(i) == null ? 0 : i).findFirst().get()); }\nc(0)"))
        .startsWith("StackOverflowError\n")
        .satisfies(report -> assertThat(report.lines().count()).isLessThanOrEqualTo(20));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "public StackTraceElement[] getStackTrace() { return null; }",
        "public StackTraceElement[] getStackTrace() { throw new Error(); }",
        "public StackTraceElement[] getStackTrace() { return new StackTraceElement[3]; }",
        "public String getMessage() { throw new RuntimeException(); }",
        "public String getLocalizedMessage() { return getMessage() + getLocalizedMessage(); }",
        "public Throwable getCause() { return this; }",
        "public Throwable getCause() { throw new StackOverflowError(); }",
        "public String toString() { return null; }",
        "public void printStackTrace() { throw new Error(); }",
      })
  void anExceptionThatIsOddItselfIsShown(String odd) {
    assertThat(failure("throw new IllegalStateException(\"seen\") { " + odd + " };"))
        .startsWith("IllegalStateException");
  }

  @Test
  void causesInACircleAreShownOnce() {
    assertThat(
            failure(
                "var e1 = new RuntimeException(\"a\"); var e2 = new RuntimeException(\"b\", e1);"
                    + " e1.initCause(e2); throw e2;"))
        .startsWith("RuntimeException: b\n")
        .containsOnlyOnce("RuntimeException: a")
        .containsOnlyOnce("RuntimeException: b");
  }

  @Test
  void messagesAreCutWithTheirTrueSize() {
    assertThat(failure("throw new RuntimeException(\"x\".repeat(10_000_000));"))
        .contains("xx … 9,996,000 more characters")
        .hasSizeLessThan(5000);
    assertThat(failure("throw new RuntimeException(\"x\\n\".repeat(100));"))
        .contains("\n… 79 more lines\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "class S { static int x; static { if (x == 0) throw new IllegalStateException(); } }\nS.x",
        "class T extends Throwable { }\nthrow new T();",
        "throw new AssertionError(\"no\");",
        "throw new ThreadDeath();",
        "throw new LinkageError();",
        "new Object() { public String toString() { throw new Error(); } }",
        "new Object() { public String toString() { return toString(); } }",
        "new ArrayList<Object>(List.of(new Object() { public int hashCode() { return 1 / 0; } }))"
            + ".stream().map(Object::hashCode).toList()",
        "new long[Integer.MAX_VALUE]",
      })
  void anyErrorIsAnAnswer(String code) {
    assertThat(failure(code)).isNotBlank();
  }

  @Test
  void streamsThatACellReplacesAreTheKernelsAgainInTheNext() {
    PrintStream out = System.out;
    assertThat(
            value(
                "var b = new java.io.ByteArrayOutputStream(); System.setOut(new"
                    + " java.io.PrintStream(b)); System.setErr(null);\nSystem.out.print(\"kept\");\nb"))
        .isEqualTo("kept");
    assertThat(System.out).isSameAs(out);
    assertThat(notes())
        .contains("cell [1] replaced System.out and System.err. That held to its end");
    assertThat(value("System.setIn(null);\nSystem.setErr(null);\nint q() { return nosuch(); }"))
        .isEmpty();
    assertThat(System.in).isNotNull();
    assertThat(notes()).contains("q cannot be used until method nosuch() is declared.");
  }

  @Test
  void aParallelStreamIsStoppedOnAllItsThreadsAndTheNextOneWorks() throws InterruptedException {
    assertThat(
            interrupted("IntStream.range(0, 100).parallel().forEach(i -> { while (true) { } });"))
        .startsWith("Interrupted: ");
    assertThat(
            interrupted(
                "IntStream.range(0, 100).parallel().forEach(i -> { while (true) try {"
                    + " Thread.sleep(10_000); } catch (InterruptedException e) { } });"))
        .startsWith("Interrupted: ");
    assertThat(value("IntStream.range(0, 100_000).parallel().map(i -> i % 7).sum()"))
        .isEqualTo("299995");
    assertThat(hands()).as("threads that go on").isEmpty();
  }

  /** The threads of crews that were stopped. */
  private static List<String> hands() throws InterruptedException {
    for (int look = 0; look < 40; look++) {
      List<String> left =
          Thread.getAllStackTraces().keySet().stream()
              .filter(Crew::isDoomed)
              .map(Thread::getName)
              .toList();
      if (left.isEmpty()) {
        return left;
      }
      Thread.sleep(50);
    }
    return List.of("threads that are to stop are still there after two seconds");
  }

  @Test
  void codeInsideTheJdkReturnsWithinASecondAndEndsWhereTheJdkCanEndIt()
      throws InterruptedException {
    assertThat(interrupted("LongStream.range(0, Long.MAX_VALUE).sum()")).startsWith("Interrupted");
    assertThat(interrupted("LongStream.range(0, Long.MAX_VALUE).parallel().sum()"))
        .startsWith("Interrupted");
    if (Runtime.version().feature() < 20) {
      assertThat(hands()).isEmpty();
    }
    assertThat(interrupted("new java.util.concurrent.Semaphore(0).acquireUninterruptibly();"))
        .startsWith("Interrupted");
    assertThat(notes())
        .contains("goes on in the background, in thread 'retort-cell-", "at the lowest priority");
  }

  @Test
  void methodsThatTheReportOfAFailureCallsCanBeInterrupted() throws InterruptedException {
    assertThat(
            interrupted(
                "throw new RuntimeException() { public String getMessage() { while (true) { } } };"))
        .startsWith("Interrupted");
    assertThat(interrupted("new Object() { public String toString() { while (true) { } } }"))
        .startsWith("Interrupted");
  }

  @Test
  void aCellThatWasStoppedBeforeItsTurnDoesNothing() {
    CellOutcome outcome =
        engine.run(new Cell(1, "System.setProperty(\"early\", \"ran\");"), v -> v, () -> true);
    assertThat(report(outcome)).startsWith("Interrupted").endsWith("at cell [1], before line 1");
    assertThat(System.getProperty("early")).isNull();
  }

  @Test
  void aCellMayInterruptItsOwnThreadAndThoseOfTheKernel() {
    assertThat(value("Thread.currentThread().interrupt(); 5")).isEqualTo("5");
    assertThat(value("Thread.sleep(1); 6")).isEqualTo("6");
    String all =
        "Thread.getAllStackTraces().keySet().stream().filter(t -> t.getName()"
            + ".startsWith(\"retort-\")).forEach(Thread::interrupt); 7";
    assertThat(value(all)).isEqualTo("7");
  }
}
