package dev.retort.kernel.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that an output brings can act on the page. */
class PassiveHtmlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "<scr<script>x</script>ipt>alert(1)</scr</script>ipt>",
        "<SCRIPT src=x>",
        "<img src=x onerror=alert(1)>",
        "<img src=\"x\"onerror='alert(1)'>",
        "<svg/onload=alert(1)>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<a href=' JaVaScript:alert(1)'>x</a>",
        "<a href=&#106;avascript:alert(1)>x</a>",
        "<iframe srcdoc='<b>'></iframe>",
        "<form action=x><button formaction=javascript:alert(1)>",
        "<meta http-equiv=refresh content='0;url=x'>",
        "<base href=//x>",
      })
  void whatCouldActIsTakenOut(String html) {
    assertThat(PassiveHtml.of(html).toLowerCase(java.util.Locale.ROOT))
        .doesNotContain("<script", "onerror", "onload", "javascript:", "<iframe", "<form", "<meta")
        .doesNotContain("<base", "&#106;", "srcdoc");
  }

  @Test
  void whatIsPassiveStays() {
    String table =
        "<table class=\"a\"><tr><td style=\"color:red\">on = 1 &lt; 2</td></tr></table>"
            + "<img src=\"data:image/png;base64,AA==\"><a href=\"https://a.b/c\">x</a>";
    assertThat(PassiveHtml.of(table)).isEqualTo(table);
  }

  @Test
  void terminalColorsBecomeSpansAndCarriageReturnsOverwrite() {
    assertThat(TerminalText.html("\u001b[31mred <b>\u001b[0m plain"))
        .isEqualTo("<span class=\"red\">red &lt;b&gt;</span> plain");
    assertThat(TerminalText.html("10 %\r20 %\nnext")).isEqualTo("20 %\nnext");
  }

  @Test
  void javaIsColoredAndEscaped() {
    assertThat(JavaColors.html("int a = b < 3; // <x>"))
        .isEqualTo(
            "<span class=\"key\">int</span> a = b &lt; <span class=\"num\">3</span>;"
                + " <span class=\"com\">// &lt;x&gt;</span>");
    assertThat(JavaColors.html("%envs Cart")).isEqualTo("<span class=\"mag\">%envs Cart</span>");
  }
}
