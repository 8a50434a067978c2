package dev.retort.env;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is written in cells is the same when it is run again unchanged, and is not otherwise. */
class IdentityOfCellsTest {
  /** All of a corridor but the rest of the line that says what a step gives. */
  private static final String BODY =
      """
      {
        public Space observations() { return Box.of(0, 8, 1); }
        public Space actions() { return new Discrete(2); }
        public int horizon() { return 50; }
        public int stateSize() { return 1; }
        public void reset(double[] s, RandomStream r) { s[0] = 0; }
        public double step(double[] s, float[] a, RandomStream r) {
          for (int i = 0; i < 1; i++) { s[0] = Math.max(0, s[0] + (a[0] == 1 ? 1 : -1)); }
          return REWARD;
        }
        public boolean terminated(double[] s) { return s[0] >= 8; }
        public void observe(double[] s, float[] o) { o[0] = (float) s[0]; }
        MORE
      }
      """;

  private static final Cells CELLS = new Cells();

  @AfterAll
  static void close() {
    CELLS.close();
  }

  @BeforeAll
  static void asAtFirst() {
    CELLS.run(
        "double goal = 3;",
        "DoubleUnaryOperator paid = x -> x > 3 ? 1 : 0;",
        "double reward(double x) { return shaped(x) - 1; }",
        "double shaped(double x) { return 2 * x; }",
        "record Sparse(double at) implements DoubleUnaryOperator { public double applyAsDouble(double x) { return x > at ? 1 : 0; } }",
        "enum Mode { EASY, HARD }",
        "Mode mode = Mode.EASY;",
        "interface Moved { default double moved(double x) { return x + 1; } }",
        "AtomicInteger steps = new AtomicInteger();",
        "Random dice = new Random(1);");
  }

  private static String env(String reward) {
    return "new Env() " + BODY.replace("REWARD", reward).replace("MORE", "");
  }

  private static Identity of(String reward) {
    return CELLS.identity(env(reward));
  }

  private static void assertSame(Identity before, Identity now) {
    assertThat(now).isEqualTo(before);
    assertThat(now.difference(before.json())).isEmpty();
    assertThat(now.unknown()).isEmpty();
  }

  private static void assertDiffers(Identity before, Identity now, String how) {
    assertThat(now.difference(before.json())).contains(how);
    assertThat(now.json().toString()).isNotEqualTo(before.json().toString());
  }

  @Test
  void anUnchangedCellThatIsRunAgainIsTheSame() {
    asAtFirst();
    List<String> rewards =
        List.of(
            "terminated(s) ? 1 : 0",
            "s[0] > goal ? 1 : 0",
            "paid.applyAsDouble(s[0])",
            "reward(s[0])",
            "new Sparse(goal).applyAsDouble(s[0])",
            "(\"at \" + s[0]).length() > 4 ? 1 : 0",
            "switch (mode) { case EASY -> 1; case HARD -> 2; }",
            "((DoubleUnaryOperator) x -> x * goal).applyAsDouble(s[0])",
            "((DoubleUnaryOperator) Math::sin).applyAsDouble(s[0])",
            "new Object() { double twice(double x) { return 2 * x; } }.twice(s[0])",
            "steps.get()");
    List<Identity> before = rewards.stream().map(IdentityOfCellsTest::of).toList();
    CELLS.run("int other = 1;", "import java.time.*;");
    asAtFirst();
    for (int i = 0; i < rewards.size(); i++) {
      assertSame(before.get(i), of(rewards.get(i)));
    }
    assertThat(before).doesNotHaveDuplicates();
  }

  @Test
  void theSameCellsInAnotherShellAreTheSame() {
    String own = "record Corridor(int length) implements Env " + BODY.replace("MORE", "");
    String reward = "reward(paid.applyAsDouble(s[0])) + mode.ordinal()";
    CELLS.run(own.replace("REWARD", reward));
    Identity before = CELLS.identity("new Corridor(8)");
    try (Cells others = new Cells()) {
      others.run(
          "int before = 0;",
          "DoubleUnaryOperator paid = x -> x > 3 ? 1 : 0;",
          "enum Mode { EASY, HARD }",
          "Mode mode = Mode.EASY;",
          "double shaped(double x) { return 2 * x; }",
          "double reward(double x) { return shaped(x) - 1; }",
          own.replace("REWARD", reward));
      assertSame(before, others.identity("new Corridor(8)"));
    }
  }

  @Test
  void whatAShellNamesHasNoName() {
    CELLS.run("var nameless = " + env("goal") + ";");
    Env env = CELLS.env("nameless");
    assertThat(env.name()).isEqualTo("Env");
    Identity before = Identity.of(env).orElseThrow();
    CELLS.run("int between = 3;", "var nameless = " + env("goal") + ";");
    assertSame(before, CELLS.identity("nameless"));
  }

  @Test
  void aChangedRewardIsAnother() {
    assertDiffers(
        of("terminated(s) ? 1 : 0"), of("terminated(s) ? 2 : 0"), "what step(..) does has changed");
    assertDiffers(of("s[0] - goal"), of("goal - s[0]"), "what step(..) does has changed");
  }

  @Test
  void aVariableThatIsReadBelongsToIt() {
    CELLS.run("double goal = 3;");
    Identity before = of("s[0] > goal ? 1 : 0");
    CELLS.run("goal = 5;");
    assertDiffers(before, of("s[0] > goal ? 1 : 0"), "goal is 5.0, was 3.0");
    CELLS.run("double goal = 4;");
    assertDiffers(before, of("s[0] > goal ? 1 : 0"), "goal is 4.0, was 3.0");
  }

  @Test
  void whatTheCodeCallsBelongsToIt() {
    CELLS.run("double shaped(double x) { return 2 * x; }");
    Identity before = of("reward(s[0])");
    CELLS.run("double shaped(double x) { return 3 * x; }");
    assertDiffers(before, of("reward(s[0])"), "what step(..) does has changed");
  }

  @Test
  void whatFunctionsAndObjectsDoThatItReadsBelongsToIt() {
    CELLS.run("DoubleUnaryOperator paid = x -> x > 3 ? 1 : 0;");
    Identity before = of("paid.applyAsDouble(s[0])");
    CELLS.run("DoubleUnaryOperator paid = x -> x > 3 ? 2 : 0;");
    assertDiffers(before, of("paid.applyAsDouble(s[0])"), "what paid does has changed");
    CELLS.run("DoubleUnaryOperator paid = Math::cos;");
    Identity cosine = of("paid.applyAsDouble(s[0])");
    CELLS.run("DoubleUnaryOperator paid = Math::sin;");
    assertDiffers(cosine, of("paid.applyAsDouble(s[0])"), "what paid does has changed");
    CELLS.run("DoubleUnaryOperator paid = new Sparse(3);");
    Identity sparse = of("paid.applyAsDouble(s[0])");
    CELLS.run("paid = new Sparse(4);");
    assertDiffers(sparse, of("paid.applyAsDouble(s[0])"), "paid.at is 4.0, was 3.0");
    Identity easy = of("mode == Mode.EASY ? 1 : 2");
    CELLS.run("mode = Mode.HARD;");
    assertDiffers(easy, of("mode == Mode.EASY ? 1 : 2"), "mode is HARD, was EASY");
    CELLS.run("mode = Mode.EASY;");
  }

  @Test
  void whatIsInheritedBelongsToIt() {
    String local =
        "new Object() { Env env() { class Lab implements Env, Moved "
            + BODY.replace("REWARD", "moved(s[0])").replace("MORE", "")
            + " return new Lab(); } }.env()";
    Identity before = CELLS.identity(local);
    assertThat(CELLS.env(local).name()).isEqualTo("Lab");
    CELLS.run("interface Moved { default double moved(double x) { return x + 1; } }");
    assertSame(before, CELLS.identity(local));
    CELLS.run("interface Moved { default double moved(double x) { return x + 2; } }");
    assertDiffers(before, CELLS.identity(local), "what step(..) does has changed");
  }

  @Test
  void whatIsCapturedOrHeldBelongsToIt() {
    CELLS.run("Env paying(double pay) { return " + env("pay + s[0]") + "; }");
    Identity before = CELLS.identity("paying(3)");
    assertSame(before, CELLS.identity("paying(3)"));
    assertDiffers(before, CELLS.identity("paying(4)"), "pay is 4.0, was 3.0");
    CELLS.run(
        "class Field implements Env "
            + BODY.replace("REWARD", "pay[0]")
                .replace("MORE", "double[] pay = {1, 2}; int unread;"));
    Identity field = CELLS.identity("new Field()");
    assertDiffers(
        field, CELLS.identity("new Field() {{ pay[0] = 5; }}"), "pay is [5.0,2.0], was [1.0,2.0]");
    assertThat(CELLS.identity("new Field() {{ unread = 5; }}").difference(field.json())).isEmpty();
  }

  @Test
  void whatAnAbstractClassLeavesOpenBelongsToIt() {
    CELLS.run(
        "abstract class Open implements Env "
            + BODY.replace("REWARD", "pay(s[0])")
                .replace("MORE", "abstract double pay(double x);"));
    Identity one = CELLS.identity("new Open() { double pay(double x) { return 1; } }");
    assertSame(one, CELLS.identity("new Open() { double pay(double x) { return 1; } }"));
    assertDiffers(
        one,
        CELLS.identity("new Open() { double pay(double x) { return 2; } }"),
        "what step(..) does has changed");
  }

  @Test
  void whatAnotherEnvironmentHoldsBelongsToIt() {
    CELLS.run(
        "record Twice(Env inner, double by) implements Env "
            + BODY.replace("REWARD", "by * inner.step(s, a, r)").replace("MORE", ""));
    Identity pole = CELLS.identity("new Twice(Environments.get(\"CartPole\"), 2)");
    assertDiffers(
        pole,
        CELLS.identity("new Twice(Environments.get(\"CartPole\").with(\"gravity\", 5), 2)"),
        "inner.gravity is 5.0, was 9.8");
    Identity own = CELLS.identity("new Twice(" + env("1") + ", 2)");
    assertDiffers(
        own, CELLS.identity("new Twice(" + env("2") + ", 2)"), "what inner does has changed");
    assertDiffers(
        own,
        CELLS.identity("new Twice(" + env("1") + ".stickyActions(0.5), 2)"),
        "inner is a StickyActions, was a class without a name");
    CELLS.run(
        "enum Kind implements Env { A, B; "
            + BODY.strip().substring(1).replace("REWARD", "ordinal()").replace("MORE", ""));
    assertDiffers(CELLS.identity("Kind.A"), CELLS.identity("Kind.B"), "constant is B, was A");
  }

  @Test
  void whatIsForPeopleDoesNotBelongToIt() {
    Identity before = of("1");
    String drawn =
        "public void draw(double[] s, java.awt.Graphics2D g, int w, int h) { g.drawLine(0, 0, w, h); } public String toString() { return \"drawn\"; }";
    assertSame(
        before, CELLS.identity("new Env() " + BODY.replace("REWARD", "1").replace("MORE", drawn)));
  }

  @Test
  void whatCannotBeComparedIsSaidAndNeverTakenForTheSame() {
    Identity dice = of("dice.nextDouble()");
    assertThat(dice.unknown())
        .isEqualTo(Optional.of("reads dice, a java.util.Random, whose content cannot be compared"));
    CELLS.run(
        "DoubleUnaryOperator paid = (new Random(1).nextInt(3) >= 0) ? x -> x + 1 : x -> x + 2;");
    assertThat(of("paid.applyAsDouble(s[0])").unknown())
        .isEqualTo(Optional.of("reads paid, one of 2 functions that were written in one place"));
  }
}
