package dev.retort.kernel.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** Magics are found where Java has no use for a percent sign, and nowhere else. */
class MagicSyntaxTest {
  private static final MagicNames NAMES =
      new MagicNames() {
        @Override
        public Set<String> line() {
          return Set.of("time");
        }

        @Override
        public Set<String> cell() {
          return Set.of();
        }
      };

  private static String java(String code) {
    return MagicSyntax.toJava(code, NAMES);
  }

  @Test
  void javaWithoutMagicsStaysAsItIs() {
    for (String code :
        new String[] {
          "int a = b % c;",
          "a %= 3; b\n  % c",
          "String s = \"100%d %n\"; // %rl\n/* %rl */ char c = '%';",
          "String t = \"\"\"\n%rl\n\"\"\";",
          "x = f()\n    %g();",
          "printf(\"%d\\\"%s\", 1)",
        }) {
      assertThat(java(code)).isEqualTo(code);
    }
  }

  @Test
  void everyLineKeepsItsNumber() {
    assertThat(
            java("int a = 1;\n%rl verb --x=1;\nPolicy p = %teacher \"P P\" C\\\"; // no\nint b;"))
        .isEqualTo(
            "int a = 1;\ndev.retort.kernel.Magic.run(\"rl\", \"verb\", \"--x=1\");\n"
                + "Policy p = dev.retort.kernel.Magic.line(\"teacher\", \"P P\", \"C\\\";\","
                + " \"//\", \"no\");\nint b;");
    assertThat(java("foo()\n%time x"))
        .isEqualTo("foo()\n;dev.retort.kernel.Magic.run(\"time\", \"x\");");
    assertThat(java("\n%%sweep a b\nseeds 3\nsteps \"x\"\n"))
        .isEqualTo(
            "\ndev.retort.kernel.Magic.cell(\"sweep\", \"seeds 3\\nsteps \\\"x\\\"\\n\", \"a\","
                + " \"b\");");
  }

  @Test
  void maskedMagicsKeepTheLengthOfTheText() {
    String code = "%rl verb\nPolicy p = %teacher PPO\np.";
    assertThat(MagicSyntax.masked(code, NAMES))
        .hasSameSizeAs(code)
        .doesNotContain("%")
        .endsWith("\np.");
  }
}
