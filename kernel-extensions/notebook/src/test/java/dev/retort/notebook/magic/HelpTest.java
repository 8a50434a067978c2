package dev.retort.notebook.magic;

import static dev.retort.Retort.env;
import static dev.retort.Retort.qPrior;
import static dev.retort.Retort.solve;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.distill.Distillation;
import dev.retort.env.Env;
import dev.retort.notebook.Desk;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.policy.Policy;
import dev.retort.policy.Scripted;
import dev.retort.prior.QPrior;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Help comes from the schemas, and leaves nothing out. */
class HelpTest {
  /** Of JJava, IJava and our own kernel; registration would overwrite them silently. */
  private static final Set<String> OTHERS =
      Set.of(
          "load",
          "maven",
          "mavenRepo",
          "addMavenDependency",
          "addMavenDependencies",
          "classpath",
          "addMavenRepo",
          "loadFromPOM",
          "jars",
          "time",
          "timeit",
          "compile",
          "javasource",
          "shell",
          "html",
          "javascript",
          "js",
          "bash",
          "sh",
          "help",
          "lsmagic",
          "who",
          "reset",
          "cd",
          "env_",
          "dependency",
          "addclasspath",
          "printWithName",
          "ls",
          "capture",
          "file",
          "run");

  @Test
  void helpOfEachMagicNamesEachOptionOfItsSchemasAndAnExample() {
    for (RetortMagic magic : Magics.all()) {
      Manual manual = magic.manual();
      String text = Magics.help(manual.name()).text();
      String html = Magics.help(manual.name()).html();
      assertThat(text).contains(manual.examples()).contains("--java", "--help");
      assertThat(text.lines().findFirst().orElse("")).startsWith("%" + manual.name());
      for (Schema schema : manual.schemas()) {
        for (Option<?> option : schema.options()) {
          assertThat(text).contains("--" + option.name() + " ".repeat(0)).contains(option.help());
          assertThat(html).contains("--" + option.name());
        }
      }
    }
  }

  @Test
  void everyExampleIsUnderstood() {
    try (Desk desk = Desk.open()) {
      Env cartPole = env("CartPole");
      Policy policy = Scripted.of("left", cartPole, (observation, scores) -> scores[0] = 1);
      desk.variables.put("teacher", policy);
      desk.variables.put("students", policy);
      desk.variables.put("solved", policy);
      desk.variables.put("prior", prior());
      for (RetortMagic magic : Magics.all()) {
        for (String line : magic.manual().examples()) {
          String example = line.replaceFirst("^\\w+ \\w+ = ", "");
          if (Set.of("distill", "compare", "plot", "dataset", "open")
              .contains(magic.manual().name())) {
            List<String> words = Arrays.asList(example.split("\\s+"));
            Typed typed = Typed.line("%", words.subList(1, words.size()));
            assertThat(Said.of(magic.manual(), magic.schemas(typed), typed)).isNotNull();
          } else {
            assertThat(desk.java(example.replace(" --java", ""))).isNotBlank();
          }
        }
      }
    }
  }

  /** Of the valley, cut coarsely. */
  private static QPrior prior() {
    Env valley = env("MountainCar");
    Policy binned = solve(valley).tolerance(1e-2).bins(8).run().policy();
    return qPrior(binned).on(valley).steps(300).quiet().run();
  }

  @Test
  void theExamplesOfAPriorRunOneAfterTheOther() {
    try (Desk desk = Desk.open()) {
      for (String line : Magics.get("dqinit").manual().examples()) {
        Object value = desk.line(line.replaceFirst("^Policy solved = ", ""));
        if (line.startsWith("Policy solved")) {
          desk.variables.put("solved", value);
        } else {
          assertThat(value).isInstanceOf(QPrior.class);
          desk.variables.put("prior", value);
        }
      }
    }
  }

  @Test
  void examplesAreJavaAndOptionsWithSeveralValuesSaySo() {
    assertThat(Magics.help("open").text())
        .contains("\n  QPrior prior = %open prior.safetensors")
        .doesNotContain("Policy or Dataset result");
    assertThat(Magics.help("distill").text())
        .contains(
            "what students learn from: datasets: variables, runs' numbers, files, or names such as zoo/CartPole-expert; several");
    assertThat(Magics.help("dqinit").text()).doesNotContain("6,6,12,12; several");
  }

  @Test
  void whatHasToBeSaidStandsInTheFirstLineAndIsAskedFor() {
    assertThat(Help.usage("teacher"))
        .isEqualTo("%teacher [ALGORITHM] ENVIRONMENT [--option value]");
    assertThat(Help.usage("collect"))
        .isEqualTo("%collect [STEPS] --from POLICY --on ENVIRONMENT [--option value]");
    assertThat(Help.usage("rl")).isEqualTo("%rl [MAGIC]");
    try (Desk desk = Desk.open()) {
      for (RetortMagic magic : Magics.all()) {
        if (!magic.manual().needs().isEmpty()) {
          assertThatThrownBy(() -> desk.line("%" + magic.manual().name()))
              .hasMessageContaining("Write " + Help.usage(magic.manual().name()));
        }
      }
    }
  }

  @Test
  void aCellSaysTheSameAsTheLineThatItIsMadeFrom() {
    assertThat(Magics.help("teacher").text())
        .endsWith(
            """
            %%teacher result
            algorithm  PPO
            on         CartPole
            steps      30000
            seed       0
            """
                .indent(2)
                .stripTrailing());
  }

  @Test
  void namesDoNotClashWithThoseOfKernels() {
    assertThat(Magics.all()).extracting(magic -> magic.manual().name()).doesNotHaveDuplicates();
    assertThat(Magics.all()).extracting(magic -> magic.manual().name()).noneMatch(OTHERS::contains);
  }

  @Test
  void theListHasALineForEachMagic() {
    String list = Magics.help().text();
    assertThat(list.lines().filter(line -> line.startsWith("%")).count())
        .isEqualTo(Magics.all().size() + 1);
    assertThat(list).contains(Help.EXPERIMENT);
    assertThat(list).contains("\n%teacher, %%teacher      trains").contains("\n%runs  ");
    assertThat(list).doesNotContain("%%runs");
    try (Desk desk = Desk.open()) {
      desk.line("%rl");
      assertThat(desk.last().text()).isEqualTo(list);
      desk.line("%distill --help");
      assertThat(desk.last().text()).isEqualTo(Magics.help("%distill").text());
    }
  }

  @Test
  void aSchemaIsATableForDocumentation() {
    assertThat(Help.table(Distillation.OPTIONS))
        .startsWith("| option | default | what it is |\n|---|---|---|\n| `into` | `mlp:64,64` |")
        .contains(
            "| `members` | `10` | size of the ensemble: a whole number of at least 1 (students) |")
        .hasLineCount(2 + Distillation.OPTIONS.options().size());
  }
}
