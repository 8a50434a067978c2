package dev.retort.jjava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.data.Dataset;
import dev.retort.env.Env;
import dev.retort.notebook.magic.Magics;
import dev.retort.notebook.magic.Manual;
import dev.retort.notebook.magic.RetortMagic;
import dev.retort.policy.Policy;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.dflib.jjava.jupyter.kernel.magic.LineMagic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** The extension joins Retort to a kernel, and never fails as a whole. */
class RetortExtensionTest {
  @TempDir Path folder;
  private final FakeKernel kernel = new FakeKernel();
  private final RetortExtension extension = new RetortExtension();

  @BeforeEach
  void runsLieInAFolderOfTheirOwn() {
    System.setProperty("retort.runs", folder.resolve("runs").toString());
  }

  @AfterEach
  void uninstall() {
    extension.uninstall(kernel);
    System.clearProperty("retort.runs");
  }

  private Object line(String name, String... words) throws Exception {
    return kernel.getMagicsRegistry().evalLineMagic(kernel, name, List.of(words));
  }

  private static String text(DisplayData data) {
    return (String) data.getData(MIMEType.TEXT_PLAIN);
  }

  @Test
  void theKernelFindsTheExtensionAsAService() {
    assertThat(ServiceLoader.load(Extension.class)).hasOnlyElementsOfType(RetortExtension.class);
  }

  /** Defines the extension anew, as a class loader does that cells do not share. */
  private static final class Apart extends ClassLoader {
    Apart() {
      super(RetortExtensionTest.class.getClassLoader());
    }

    Extension extension() throws Exception {
      String name = RetortExtension.class.getName();
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] code = in.readAllBytes();
        Class<?> other = defineClass(name, code, 0, code.length);
        return (Extension) other.getConstructor().newInstance();
      }
    }
  }

  @Test
  void theRetortThatCellsSeeInstallsItselfWhereTheServiceIsAnother() throws Exception {
    new Apart().extension().install(kernel);
    assertThat(kernel.evaluated).containsExactly("dev.retort.jjava.RetortExtension.join();");
    assertThat(kernel.getMagicsRegistry().getLineMagicNames()).doesNotContain("teacher");
  }

  @Test
  void everyMagicIsRegisteredInItsForms() {
    extension.install(kernel);
    for (RetortMagic magic : Magics.all()) {
      Manual manual = magic.manual();
      assertThat(kernel.getMagicsRegistry().getLineMagicNames()).contains(manual.name());
      assertThat(kernel.getMagicsRegistry().getCellMagicNames().contains(manual.name()))
          .isEqualTo(manual.form() == Manual.Form.LINE_AND_CELL);
    }
    assertThat(kernel.shown).isEmpty();
    assertThat(kernel.evaluated.get(0)).startsWith("import static dev.retort.Retort.*;");
  }

  @Test
  void helpIsAnotherNameOfTheListOfMagics() throws Exception {
    extension.install(kernel);
    assertThat(line("help")).hasToString(line("rl").toString());
    assertThat(kernel.shown).hasSize(2);
    assertThat(text(kernel.shown.get(0))).contains("%teacher").isEqualTo(text(kernel.shown.get(1)));
  }

  @Test
  void aLineMagicGivesItsValueAndIsShownOnce() throws Exception {
    extension.install(kernel);
    Env env = (Env) line("env", "CartPole;");
    assertThat(env.name()).isEqualTo("CartPole");
    assertThat(kernel.shown).hasSize(1);
    assertThat(text(kernel.shown.get(0))).startsWith("CartPole");
    assertThat(line("env", "CartPole", "--java")).isNull();
    assertThat(text(kernel.shown.get(1))).isEqualTo("env(\"CartPole\")");
  }

  @Test
  void magicsReadVariablesAndCellMagicsDeclareTypedOnes() throws Exception {
    extension.install(kernel);
    kernel.variables.put(
        "teacher", line("teacher", "PPO", "CartPole", "--steps", "256", "--network", "mlp:4"));
    assertThat(kernel.variables.get("teacher")).isInstanceOf(Policy.class);
    assertThat(kernel.shown.get(0).getDisplayId()).startsWith("retort-");
    kernel.variables.put("data", line("collect", "100", "--from", "teacher", "--on", "CartPole"));
    assertThat(kernel.variables.get("data")).isInstanceOf(Dataset.class);
    Object unused =
        kernel
            .getMagicsRegistry()
            .evalCellMagic(
                kernel, "distill", List.of("students"), "from data\nmembers 2\nepochs 1\n");
    assertThat(kernel.types).containsEntry("students", "dev.retort.policy.Ensemble");
    assertThatThrownBy(() -> line("evaluate", "studnets", "--on", "CartPole"))
        .hasMessageStartingWith("unknown variable 'studnets': did you mean 'students'?");
  }

  @Test
  void aKernelThatAsksGetsCompletionAndHelp() throws Exception {
    extension.install(kernel);
    kernel.variables.put("mine", line("env", "CartPole"));
    kernel.variables.put("other", 3);
    assertThat(kernel.completer.apply("%teacher PPO ")).startsWith("mine").contains("CartPole");
    assertThat(kernel.explainer.apply("teacher").orElse(""))
        .startsWith("%teacher [ALGORITHM] ENVIRONMENT");
    assertThat(kernel.explainer.apply("nosuch")).isEmpty();
  }

  @Test
  void valuesOfRetortAreRenderedRichly() {
    extension.install(kernel);
    DisplayData table =
        kernel.getRenderer().render(Table.create("t", StringColumn.create("a", "<script>")));
    assertThat((String) table.getData(MIMEType.TEXT_HTML))
        .contains("<table", "&lt;script&gt;")
        .doesNotContain("<script>");
    DisplayData env = kernel.getRenderer().render(dev.retort.Retort.env("CartPole"));
    assertThat((String) env.getData(MIMEType.TEXT_HTML)).contains("CartPole");
    assertThat(text(kernel.getRenderer().render(List.of(1, 2)))).isEqualTo("[1, 2]");
    DisplayData envs = kernel.getRenderer().render(dev.retort.Retort.envs());
    assertThat((String) envs.getData(MIMEType.TEXT_HTML)).contains("FourRooms");
  }

  @Test
  void aMagicOfTheKernelStaysAndTheOthersAreInstalled() throws Exception {
    LineMagic<String, BaseKernel> own = (k, words) -> "mine";
    kernel.getMagicsRegistry().registerLineMagic("runs", own);
    extension.install(kernel);
    assertThat(line("runs")).isEqualTo("mine");
    assertThat(kernel.getMagicsRegistry().getLineMagicNames()).contains("doctor");
    assertThat(text(kernel.shown.get(0)))
        .isEqualTo(
            "retort: %runs is a magic of the kernel already, and stays so. The kernel goes on"
                + " without.");
  }

  @Test
  void anInstallationThatFailsIsToldOnceAndThrowsNothing() {
    Renderer none =
        new Renderer() {
          @Override
          public <T> RenderRegistration<T> createRegistration(Class<T> type) {
            if (type == Table.class) {
              throw new IllegalStateException("no renderers here");
            }
            return super.createRegistration(type);
          }
        };
    FakeKernel broken = new FakeKernel(none);
    extension.install(broken);
    assertThat(broken.shown).hasSize(1);
    assertThat(text(broken.shown.get(0)))
        .isEqualTo(
            "retort: renderers could not be installed (java.lang.IllegalStateException: no"
                + " renderers here). The kernel goes on without.");
    assertThat(broken.getMagicsRegistry().getLineMagicNames()).contains("teacher");
  }

  @Test
  void noSignatureNamesALibraryThatDistributionsMove() {
    for (Class<?> type : List.of(RetortExtension.class, KernelScreen.class, JJavaHost.class)) {
      assertThat(Arrays.toString(type.getDeclaredMethods())).doesNotContain("gson", "slf4j");
      assertThat(Arrays.toString(type.getDeclaredFields())).doesNotContain("gson", "slf4j");
    }
  }
}
