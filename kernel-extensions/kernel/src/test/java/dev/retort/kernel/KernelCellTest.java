package dev.retort.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.retort.kernel.client.CellResult;
import dev.retort.kernel.client.CellStatus;
import dev.retort.kernel.client.KernelClient;
import dev.retort.kernel.client.KernelLaunch;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What cells give, over the real protocol, from a kernel in a process of its own. */
class KernelCellTest {
  private static KernelClient kernel;

  @BeforeAll
  static void start() throws IOException {
    kernel = KernelClient.start(KernelLaunch.ofThisJvm());
  }

  @AfterAll
  static void stop() {
    kernel.close();
  }

  private static CellResult run(String code) {
    return kernel.execute(code, Duration.ofSeconds(30));
  }

  private static String failure(String code) {
    CellResult result = run(code);
    assertThat(result.status()).isEqualTo(CellStatus.ERROR);
    return result.traceback().replaceAll("cell \\[\\d+]", "cell [n]");
  }

  private static List<String> types(CellResult result) {
    List<String> types = new ArrayList<>();
    for (JsonElement output : result.outputs()) {
      types.add(output.getAsJsonObject().get("output_type").getAsString());
    }
    return types;
  }

  @Test
  void theLastExpressionIsTheResultAndDeclarationsPrintNothing() {
    assertThat(run("1 + 1").value()).isEqualTo("2");
    assertThat(run("\"text\"").value()).isEqualTo("text");
    assertThat(run("int k = 3;").outputs()).isEmpty();
    assertThat(run("k = 4;").outputs()).isEmpty();
    assertThat(run("k++;\nk // now five").value()).isEqualTo("5");
    assertThat(run("new int[][] {{1, 2}, {3}}").value()).isEqualTo("[[1, 2], [3]]");
    assertThat(run("var s = Stream.of(1, 2)\n    .map(i -> i * 2)\n    .toList();\ns").value())
        .isEqualTo("[2, 4]");
  }

  @Test
  void twentyThousandLinesAreCompleteInOrderAndFast() {
    String code =
        """
        long start = System.nanoTime();
        for (int i = 0; i < 20_000; i++) System.out.println("line " + i);
        (System.nanoTime() - start) / 1_000_000
        """;
    CellResult result = run(code);
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      expected.append("line ").append(i).append('\n');
    }
    assertThat(result.stream("stdout")).isEqualTo(expected.toString());
    long millis = Long.parseLong(result.value());
    System.out.println("20,000 println took " + millis + " ms in the kernel");
    assertThat(millis).isLessThan(3000);
  }

  @Test
  void displaysComeInOrderWithWhatIsPrinted() {
    CellResult result =
        run(
            "System.out.print(\"a\"); display(\"b\"); System.out.print(\"c\");"
                + " System.err.print(\"d\"); display(\"e\"); System.out.print(\"ü€😀\");");
    assertThat(types(result))
        .containsExactly("stream", "display_data", "stream", "stream", "display_data", "stream");
    assertThat(result.stream("stdout")).isEqualTo("acü€😀");
    assertThat(result.stream("stderr")).isEqualTo("d");
  }

  @Test
  void aDisplayIsReplacedInPlaceWhenItIsUpdated() {
    CellResult result = run("%live");
    assertThat(types(result)).containsExactly("display_data");
    assertThat(result.outputs().toString()).contains("step 3").doesNotContain("step 0");
  }

  @Test
  void aBackgroundThreadIsHeardAfterItsCellHasEnded() {
    run(
        "new Thread(() -> { try { Thread.sleep(300); } catch (InterruptedException e) { }"
            + " System.out.println(\"late\"); }).start();");
    assertThat(run("Thread.sleep(600);").stream("stdout")).isEqualTo("late\n");
  }

  @Test
  void anImageIsACompletePng() {
    CellResult result =
        run("new java.awt.image.BufferedImage(40, 30, java.awt.image.BufferedImage.TYPE_INT_RGB)");
    String png =
        result
            .outputs()
            .get(0)
            .getAsJsonObject()
            .getAsJsonObject("data")
            .get("image/png")
            .getAsString();
    byte[] bytes = Base64.getDecoder().decode(png);
    assertThat(new String(bytes, bytes.length - 8, 4, java.nio.charset.StandardCharsets.US_ASCII))
        .isEqualTo("IEND");
  }

  @Test
  void aCellRunAgainLeavesTheValuesOfTheOthers() {
    run("int steps = 500;");
    run("var twice = 2 * steps; List<Integer> both = List.of(steps, twice);");
    assertThat(run("int steps = 600;").outputs()).isEmpty();
    assertThat(run("import java.util.zip.*;").outputs()).isEmpty();
    assertThat(run("twice + \" \" + both").value()).isEqualTo("1000 [500, 1000]");
    run("record Lap(int length) {}\nLap lap = new Lap(3);");
    assertThat(run("record Lap(int length, int width) {}").stream("stderr"))
        .startsWith("lap was reset: its value does not fit any more, since Lap was declared anew");
  }

  @Test
  void anUnclosedCommentIsRefusedBeforeAnythingIsDone() {
    assertThat(failure("System.out.println(1);\n/* open"))
        .isEqualTo(
            """
            Compile error: unclosed comment
            cell [n], line 2
              2 | /* open
                | ^""");
  }

  @Test
  void magicsWorkAloneInTheMiddleAndOnTheRightSideOfAnAssignment() {
    CellResult result =
        run(
            """
            int a = 7 % 4; // the remainder % stays
            %hello big "wide world"
            String h = %hello x y;
            Integer seven = %value a+4
            h + seven + " 100%d"
            """);
    assertThat(result.value()).isEqualTo("x+y7 100%d");
    assertThat(types(result)).containsExactly("display_data", "display_data", "execute_result");
    assertThat(result.outputs().toString()).contains("hello [big, wide world]");
    assertThat(run("%%body one two\nfrom data\ninto x").stream("stdout"))
        .isEqualTo("[one, two]:[from data, into x]\n");
  }

  @Test
  void anUnknownMagicNamesTheNearest() {
    assertThat(failure("%helo"))
        .isEqualTo("magic %helo: unknown. Nearest: %hello.\n  at cell [n], line 1");
    assertThat(failure("%%hello\nx"))
        .isEqualTo("magic %%hello: unknown. There is %hello: write that.\n  at cell [n], line 1");
    assertThat(failure("%zzzzzz"))
        .isEqualTo(
            "magic %zzzzzz: unknown. There are %fail, %hello, %known, %live, %value.\n"
                + "  at cell [n], line 1");
    assertThat(failure("int q = 1;\n%%body x"))
        .isEqualTo(
            "cell magic %%body: expected on the first line of the cell, found further down. Move it"
                + " to the top, or put it into a cell of its own.");
  }

  @Test
  void aCompileErrorShowsTheLineAndThePlace() {
    assertThat(failure("int ok = 1;\n\n// note\n  int y = foo + 1;"))
        .isEqualTo(
            """
            Compile error: cannot find symbol
              symbol:   variable foo
            cell [n], line 4
              4 |   int y = foo + 1;
                |           ^^^""");
    assertThat(failure("Strin s = %hello x;"))
        .isEqualTo(
            """
            Compile error: cannot find symbol
              symbol:   class Strin
            cell [n], line 1
              1 | Strin s = %hello x;
                | ^^^^^^^^^^^^^^^^^^^""");
  }

  @Test
  void anExceptionShowsItsMessageFirstAndFramesByCellAndLine() {
    run("int divide(int a) {\n  return a / 0;\n}");
    assertThat(failure("int z = 1;\n\ndivide(z);"))
        .isEqualTo(
            """
            ArithmeticException: / by zero
              at divide, cell [n], line 2
              at cell [n], line 3""");
    assertThat(failure("%fail"))
        .isEqualTo("distill: expected 4, got 6. Collect again.\n  at cell [n], line 1");
    CellResult result = run("throw new IllegalStateException(\"bad\");");
    assertThat(result.reply().get("ename").getAsString()).isEqualTo("IllegalStateException");
    assertThat(result.error()).isEqualTo("bad");
    assertThat(types(result)).containsExactly("error");
  }

  @Test
  void framesWithinStreamsAreLeftOut() {
    String failing = "java.util.stream.IntStream.range(0, 5_000)%s.map(i -> i / (i - i)).sum();";
    assertThat(failure(failing.formatted("")))
        .isEqualTo("ArithmeticException: / by zero\n  at cell [n], line 1\n  at cell [n], line 1");
    assertThat(failure(failing.formatted(".parallel()")))
        .contains("ArithmeticException: / by zero\n")
        .contains("  at cell [n], line 1")
        .doesNotContain("java.util.stream")
        .doesNotContain("ForkJoin")
        .doesNotContain("CountedCompleter");
  }

  @Test
  void aVariableWhoseInitializerFailsIsSaidToHaveNoValue() {
    run("int none = 0;");
    for (String declared :
        List.of(
            "int unsetA = 1 / none",
            "double unsetB = 1 / none",
            "Object unsetC = 1 / none",
            "var unsetD = 1 / none",
            "boolean unsetE = 1 / none > 0",
            "char unsetF = (char) (1 / none)")) {
      String name = declared.replaceAll(" =.*|.* (?=\\w+ =)", "");
      assertThat(failure(declared + ";")).endsWith(name + " has no value: its initializer failed.");
    }
    assertThat(failure("1 / (2 - 2)")).doesNotContain("has no value");
  }

  @Test
  void aWordOfTheLanguageInTheWrongPlaceIsToldWhereItBelongs() {
    String plan = "dev.retort.kernel.fixture.Plan";
    assertThat(failure("import " + plan + ";\nPlan.begin(\"train\").run();"))
        .isEqualTo(
            """
            Compile error: cannot find symbol
              symbol:   method run()
              Plan.Of has on(..); run() comes after on(..)
            cell [n], line 2
              2 | Plan.begin("train").run();
                | ^^^^^^^^^^^^^^^^^^^^^^^""");
    assertThat(failure(plan + ".begin(\"train\").on(\"x\").times(4).saying(\"y\");"))
        .contains("Plan.Several has run(); saying(..) comes before times(..)\n");
    assertThat(failure("var p = " + plan + ".begin(\"train\").on(\"x\");\np.rum();"))
        .contains("  Plan has run(), saying(..), times(..)\n");
  }

  @Test
  void aValueThatIsDeclaredAsWhatItIsNotIsToldWhatItIs() {
    assertThat(failure("Integer wrong = %value \"new dev.retort.kernel.fixture.Plan(null)\""))
        .isEqualTo(
            """
            expected Integer, got Plan. Declare the variable as Plan, or with var.
              at cell [n], line 1
            wrong has no value: its initializer failed.""");
  }

  @Test
  void anExceptionInABackgroundThreadIsFollowedToItsLine() {
    run("int broken() {\n  throw new IllegalStateException(\"boom\");\n}");
    assertThat(failure("int a = 1;\ndev.retort.kernel.fixture.Plan.inBackground(() -> broken());"))
        .isEqualTo(
            """
            run 0001 failed: java.lang.IllegalStateException: boom
              at broken, cell [n], line 2
              at cell [n], line 2""");
  }

  @Test
  void startupTextsAreEvaluatedAndABrokenExtensionIsSurvived() {
    assertThat(run("fromStartup + Duration.ofSeconds(2).toSeconds()").value()).isEqualTo("44");
  }

  @Test
  void completionKnowsMembersAndMagics() {
    run("String word = \"abc\";");
    assertThat(complete("int n = word.len")).contains("length()");
    assertThat(complete("%he")).containsExactly("hello");
    assertThat(complete("Integer v = %va")).containsExactly("value");
    assertThat(complete("%%bo")).containsExactly("body");
    assertThat(complete("int q = 1;\nword.subs")).contains("substring(");
  }

  @Test
  void wordsBehindAMagicAreCompletedByItsExtension() {
    assertThat(complete("%hello a --b")).containsExactly("<%hello a --b>");
    assertThat(complete("int q = 1;\nString s = %hello ")).containsExactly("<%hello >");
    assertThat(complete("%%body x\nkey va")).containsExactly("<%%body x\nkey va>");
    assertThat(complete("int rest = 7 % \"x\".len")).contains("length()");
    assertThat(complete("%nosuch a")).noneMatch(match -> match.startsWith("<"));
  }

  @Test
  void extensionsSeeTheVariablesOfCells() {
    run("var seen = List.of(1, 2); Object nothing = null;");
    assertThat(run("String s1 = %known seen\ns1").value()).isEqualTo("[1, 2]");
    assertThat(run("String s2 = %known nothing\ns2").value()).isEqualTo("null");
    run("String seen = \"again\";");
    assertThat(run("String s3 = %known seen\ns3").value()).isEqualTo("again");
  }

  private static List<String> complete(String code) {
    JsonObject content = new JsonObject();
    content.addProperty("code", code);
    content.addProperty("cursor_pos", code.length());
    JsonArray matches =
        kernel.ask("complete_request", content, Duration.ofSeconds(20)).getAsJsonArray("matches");
    List<String> texts = new ArrayList<>();
    matches.forEach(match -> texts.add(match.getAsString()));
    return texts;
  }

  @Test
  void inspectionGivesSignaturesAndTheHelpOfMagics() {
    assertThat(inspect("Math.max", 6)).contains("int Math.max(int a, int b)");
    assertThat(inspect("int a = 1;\n%hello --name x\n", 14)).contains("help of hello");
    assertThat(inspect("String t = %hello x", 19)).contains("help of hello");
    assertThat(inspect("%%body x\nkey value", 15)).contains("help of body");
    assertThat(inspect("%nosuch x", 3)).doesNotContain("help of");
  }

  private static String inspect(String code, int cursor) {
    JsonObject content = new JsonObject();
    content.addProperty("code", code);
    content.addProperty("cursor_pos", cursor);
    return kernel.ask("inspect_request", content, Duration.ofSeconds(20)).toString();
  }

  @Test
  void aStreamThatACellClosesIsOpenInTheNext() {
    assertThat(
            run("try (var out = new PrintWriter(System.out)) { out.println(\"table\"); }").stream(
                "stdout"))
        .isEqualTo("table\n");
    run("System.err.close(); System.out.close(); System.in.close();");
    CellResult next = run("System.out.print(\"seen\"); System.err.print(\"too\");");
    assertThat(next.stream("stdout") + next.stream("stderr")).isEqualTo("seentoo");
  }

  @Test
  void aCellMayInterruptEveryThreadThatItFinds() {
    assertThat(run("Thread.getAllStackTraces().keySet().forEach(Thread::interrupt); 5").value())
        .isEqualTo("5");
    assertThat(run("Thread.sleep(1); 1 + 1").value()).isEqualTo("2");
  }

  @Test
  void whereNobodyCanAnswerReadingSaysSo() {
    for (String reads :
        List.of(
            "new Scanner(System.in).nextLine()",
            "System.in.read()",
            "new BufferedReader(new InputStreamReader(System.in)).readLine()")) {
      assertThat(failure(reads)).startsWith("reading standard input: nobody can answer here");
    }
    assertThat(failure("System.console().readLine()")).contains("A cell has no console");
  }

  @Test
  void aResultThatIsLargeIsCutAlsoWhereItIsDisplayed() {
    assertThat(run("IntStream.range(0, 1_000_000).boxed().toList()").value())
        .contains(", … 999,800 more]")
        .hasSizeLessThan(1200);
    assertThat(run("\"x\".repeat(9_000_000)").value()).hasSizeLessThan(21_000);
    assertThat(run("display(new int[1_000_000]);").outputs().toString()).contains("999,800 more]");
  }

  @Test
  void expressionsOfTheUserAreAnsweredWhateverTheyDo() {
    JsonObject asked = new JsonObject();
    asked.addProperty("value", "6 * 7");
    asked.addProperty("throws", "1 / 0");
    asked.addProperty(
        "rendering", "new Object() { public String toString() { return 1 / 0 + \"\"; } }");
    asked.addProperty("nothing", "");
    asked.addProperty("magic", "%nosuch");
    asked.addProperty("exit", "System.exit(1);");
    asked.addProperty("number", 5);
    JsonObject content = new JsonObject();
    content.addProperty("code", "");
    content.addProperty("silent", true);
    content.add("user_expressions", asked);
    JsonObject reply = kernel.ask("execute_request", content, Duration.ofSeconds(20));
    assertThat(reply.get("status").getAsString()).isEqualTo("ok");
    JsonObject answers = reply.getAsJsonObject("user_expressions");
    assertThat(answers.getAsJsonObject("value").get("data").toString()).contains("\"42\"");
    assertThat(answers.getAsJsonObject("nothing").get("status").getAsString()).isEqualTo("ok");
    for (String failed : List.of("throws", "rendering", "magic", "exit", "number")) {
      assertThat(answers.getAsJsonObject(failed).get("status").getAsString())
          .as(failed)
          .isEqualTo("error");
    }
    assertThat(run("1 + 1").value()).isEqualTo("2");
  }

  @Test
  void completenessIsJudged() {
    assertThat(isComplete("int x = 1;")).isEqualTo("complete");
    assertThat(isComplete("%hello a\nint x = 1;")).isEqualTo("complete");
    assertThat(isComplete("for (int i = 0; i < 3; i++) {")).isEqualTo("incomplete");
    assertThat(isComplete(")x(")).isEqualTo("invalid");
    assertThat(isComplete("int x = 1; /* and")).isEqualTo("incomplete");
    assertThat(isComplete("String s = \"\"\"\n  text")).isEqualTo("incomplete");
    assertThat(isComplete("String s = \"/* text\"; // \"")).isEqualTo("complete");
    assertThat(isComplete("String s = \"text;")).isEqualTo("invalid");
  }

  private static String isComplete(String code) {
    JsonObject content = new JsonObject();
    content.addProperty("code", code);
    return kernel
        .ask("is_complete_request", content, Duration.ofSeconds(20))
        .get("status")
        .getAsString();
  }
}
