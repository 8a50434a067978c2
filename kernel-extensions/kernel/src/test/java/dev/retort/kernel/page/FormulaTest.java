package dev.retort.kernel.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.StringReader;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

/** Formulas of Markdown are drawn, and what only looks like one is not touched. */
class FormulaTest {
  private static String html(String markdown) {
    return new MarkdownText(Path.of(".")).html(markdown, new JsonObject()).strip();
  }

  private static String inner(String tex) {
    String math = Formula.mathml(tex, false).orElseThrow();
    return math.substring("<math>".length(), math.length() - "</math>".length());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "b^*; <msup><mi>b</mi><mrow><mo>*</mo></mrow></msup>",
        "Q_\\theta; <msub><mi>Q</mi><mi>θ</mi></msub>",
        "\\text{act by }; <mtext>act\u00a0by\u00a0</mtext>",
        "Q^-_\\text{mix}; <msubsup><mi>Q</mi><mtext>mix</mtext><mrow><mo>−</mo></mrow></msubsup>",
        "\\tfrac12; <mfrac><mn>1</mn><mn>2</mn></mfrac>",
        "\\sqrt N; <msqrt><mi>N</mi></msqrt>",
        "\\hat f; <mover><mi>f</mi><mo>^</mo></mover>",
        "A^{-1}; <msup><mi>A</mi><mrow><mrow><mo>−</mo><mn>1</mn></mrow></mrow></msup>",
        "\\left\\lVert x \\right\\rVert; <mrow><mo stretchy=\"false\">‖</mo><mi>x</mi><mo stretchy=\"false\">‖</mo></mrow>",
      })
  void whatItKnowsIsDrawn(String tex, String drawn) {
    assertThat(inner(tex)).isEqualTo(drawn);
  }

  @Test
  void primesAndSignsOfHtmlAreDrawn() {
    assertThat(inner("s'")).isEqualTo("<msup><mi>s</mi><mrow><mo>′</mo></mrow></msup>");
    assertThat(inner("0.25 < x")).isEqualTo("<mrow><mn>0.25</mn><mo>&lt;</mo><mi>x</mi></mrow>");
  }

  @Test
  void whatASumRunsOverStandsBelowItWhereItHasALineOfItsOwn() {
    assertThat(Formula.mathml("\\sum_{s \\in D} s", true).orElseThrow())
        .startsWith("<math display=\"block\"><mrow><munder><mo>∑</mo><mrow><mi>s</mi><mo>∈</mo>");
    assertThat(inner("\\sum_a a")).contains("<msub><mo>∑</mo><mi>a</mi></msub>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "L(\\theta_i) = \\frac{1}{|D|} \\sum_{s \\in D} \\left\\lVert \\pi_{\\theta_i}(s) - \\pi_{\\text{teacher}}(s) \\right\\rVert^2, \\qquad \\pi_\\theta(s) = 2 \\tanh f_\\theta(s),",
        "\\kappa(s, a) = \\min(1, n(s, a) / m), \\qquad Q_\\text{mix} = \\kappa\\, Q_\\theta + (1 - \\kappa)\\, P,",
        "y = r + \\gamma \\max_{a'} (\\tilde P + f^-_\\theta)(s', a')",
        "J \\leftarrow J + \\tfrac12 (\\Delta b - J u) u^\\top",
        "L_i = -\\log \\pi_i(a_i) + \\alpha \\sum_{j \\ne i} \\mathrm{huber}\\big(\\angle(N f_i, N f_j) - \\angle(M \\hat f_i, M \\hat f_j)\\big) + \\beta\\, \\mathrm{KL}(\\hat\\pi_i \\,\\|\\, \\pi_i)",
      })
  void formulasOfTheNotebooksAreDrawnAndWhole(String tex) throws Exception {
    String math = Formula.mathml(tex, true).orElseThrow();
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(math)));
    assertThat(math).doesNotContain("\\", "{", "_");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\unknown{x}", "{x", "x^", "\\frac{1}", "x_a_b", "a & b", "\\text{<b>}"})
  void whatItDoesNotKnowStaysAsItWasTyped(String tex) {
    assertThat(Formula.mathml(tex, false)).isEmpty();
    assertThat(html("so $" + tex + "$ it is"))
        .isEqualTo("<p>so <code>$" + PassiveHtml.escape(tex) + "$</code> it is</p>");
  }

  @Test
  void starsOfFormulasAreNoEmphasis() {
    assertThat(html("the goal is $b^*$, and $e = (b^* - b)/S$ *leads*."))
        .contains("<math>", "<em>leads</em>")
        .doesNotContain("$", "<em>$")
        .matches("(?s)<p>the goal is <math>.*</math>, and <math>.*</math> <em>leads</em>.</p>");
    assertThat(html("$$x = 1$$")).startsWith("<p><math display=\"block\">");
  }

  @Test
  void moneyCodeAndAttributesAreNoFormulas() {
    assertThat(html("from $5 to $6 a day")).isEqualTo("<p>from $5 to $6 a day</p>");
    assertThat(html("say `$x$`")).isEqualTo("<p>say <code>$x$</code></p>");
    assertThat(html("```\n$x$\n```")).contains("$x$").doesNotContain("math");
    assertThat(html("![of $x$](https://a.b/c.png)")).contains("alt=\"of $x$\"");
    assertThat(html("a \uE0007\uE001 b")).isEqualTo("<p>a  b</p>");
  }
}
