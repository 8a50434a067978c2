package dev.retort;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The samples of the documentation, taken from it word for word, compile. */
@Tag("once")
class SamplesTest {
  private static final Pattern SAMPLE =
      Pattern.compile("<pre>(?:\\{@code)?(.*?)\\}?</pre>", Pattern.DOTALL);

  private static final String IMPORTS =
      """
      import static dev.retort.Retort.*;
      import dev.retort.collect.*;
      import dev.retort.data.*;
      import dev.retort.distill.*;
      import dev.retort.distribution.*;
      import dev.retort.env.*;
      import dev.retort.env.control.*;
      import dev.retort.env.grid.*;
      import dev.retort.env.normalize.*;
      import dev.retort.env.reach.*;
      import dev.retort.evaluate.*;
      import dev.retort.loss.*;
      import dev.retort.nn.*;
      import dev.retort.option.*;
      import dev.retort.paper.*;
      import dev.retort.plan.*;
      import dev.retort.policy.*;
      import dev.retort.prior.*;
      import dev.retort.random.RandomStream;
      import dev.retort.run.*;
      import dev.retort.solve.*;
      import dev.retort.space.*;
      import dev.retort.table.*;
      import dev.retort.teach.*;
      import java.nio.file.Path;
      import java.util.List;
      import java.util.Map;
      import java.util.Optional;
      """;

  @TempDir Path scratch;

  @Test
  void theSampleOfTheLanguageCompiles() throws Exception {
    compiles(sample("Retort.java"), "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "collect/package-info.java | Policy teacher, Env env, long seed, Session session",
        "data/package-info.java | Policy teacher, Env env",
        "env/Family.java | Object nothing",
        "env/Parameters.java | Object nothing",
        "env/control/package-info.java | Object nothing",
        "env/normalize/package-info.java | Env env",
        "env/reach/package-info.java | Object nothing",
        "distill/package-info.java | Dataset data, long seed, Session session",
        "distribution/package-info.java | Env env, float[] z, int at, RandomStream random, float[] action, double advantage, double entropyWeight, float[] dz",
        "loss/package-info.java | Object nothing",
        "teach/package-info.java | Env env, long[] seeds, Session session",
        "policy/package-info.java | Policy policy, VectorEnv envs, float[] actions",
        "plan/package-info.java | Object nothing",
        "plan/Collecting.java | Policy teacher, Env env",
        "plan/Solving.java | Object nothing",
        "solve/package-info.java | Object nothing",
        "table/package-info.java | Object nothing",
        "data/View.java | Policy teacher, Dataset data",
        "distill/Predictor.java | Dataset data",
        "plan/Fitting.java | Dataset data",
        "space/Selection.java | float[] observation, float[] seenByIt",
        "plan/Distilling.java | Policy teacher, Dataset data",
        "paper/package-info.java | Object nothing",
        "paper/benchmarks/package-info.java | Object nothing",
        "paper/ensembles/package-info.java | Object nothing",
        "paper/dqinit/package-info.java | Policy[] solvers",
      })
  void theSamplesOfPackagesCompile(String file, String given) throws Exception {
    compiles(sample(file), given);
  }

  /** Its bounds differ from number to number, it draws itself, and it keeps the contract. */
  @Test
  void theCartOfThePageOfOnesOwnWorksAndIsFilmed() throws Exception {
    String page = MarkdownTable.page("extending.md");
    int at = page.indexOf("import java.awt.Color;");
    String cart = page.substring(at, page.indexOf("```", at));
    compiles(
        cart
            + """
            EnvContract contract = EnvContract.check(new Cart(), 0);
            if (!contract.ok()) throw new AssertionError(contract.toString());
            Policy pushing = Scripted.of("pushing", new Cart(), (seen, action) -> action[0] = 3);
            var film = render(pushing).on(new Cart()).steps(20).run();
            if (!film.toString().contains("blue box: cart")) throw new AssertionError(film.toString());
            """,
        "");
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {scratch.toUri().toURL()}, getClass().getClassLoader())) {
      Class<?> sample = loader.loadClass("Sample");
      Constructor<?> constructor = sample.getDeclaredConstructor();
      constructor.setAccessible(true);
      Method run = sample.getDeclaredMethod("run");
      run.setAccessible(true);
      run.invoke(constructor.newInstance());
    }
  }

  private static String sample(String file) throws Exception {
    String source = Files.readString(Path.of("src/main/java/dev/retort").resolve(file));
    Matcher sample = SAMPLE.matcher(source);
    assertThat(sample.find()).as("a sample in %s", file).isTrue();
    return sample.group(1).replaceAll("(?m)^ \\* ?", "");
  }

  private void compiles(String sample, String given) {
    String imports =
        sample.lines().filter(line -> line.startsWith("import ")).reduce("", String::concat);
    String body =
        sample
            .lines()
            .filter(line -> !line.startsWith("import "))
            .reduce("", (a, b) -> a + b + "\n");
    assertThat(body).contains(";");
    String source =
        "%s%nclass Sample { void run(%s) throws Exception {%n%s}}"
            .formatted(IMPORTS + imports, given, body);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> mistakes = new DiagnosticCollector<>();
    JavaFileObject file =
        new SimpleJavaFileObject(URI.create("string:///Sample.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreErrors) {
            return source;
          }
        };
    List<String> options =
        List.of(
            "-proc:none", "-d", scratch.toString(), "-cp", System.getProperty("java.class.path"));
    boolean done = compiler.getTask(null, null, mistakes, options, null, List.of(file)).call();
    assertThat(done).as("%s%n%s", mistakes.getDiagnostics(), source).isTrue();
  }
}
