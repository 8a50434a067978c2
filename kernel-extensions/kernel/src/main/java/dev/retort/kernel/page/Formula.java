package dev.retort.kernel.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Formulas of Markdown, TeX between dollar signs, as MathML, which browsers draw by themselves.
 *
 * <p>It knows what formulas of reinforcement learning are made of: letters, indices and powers,
 * fractions, roots, sums, accents, brackets and words. A formula that has anything else stays as it
 * was typed.
 */
final class Formula {
  private static final Map<String, String> LETTERS =
      Map.ofEntries(
          Map.entry("alpha", "α"),
          Map.entry("beta", "β"),
          Map.entry("gamma", "γ"),
          Map.entry("delta", "δ"),
          Map.entry("epsilon", "ϵ"),
          Map.entry("varepsilon", "ε"),
          Map.entry("eta", "η"),
          Map.entry("theta", "θ"),
          Map.entry("kappa", "κ"),
          Map.entry("lambda", "λ"),
          Map.entry("mu", "μ"),
          Map.entry("pi", "π"),
          Map.entry("rho", "ρ"),
          Map.entry("sigma", "σ"),
          Map.entry("tau", "τ"),
          Map.entry("phi", "ϕ"),
          Map.entry("varphi", "φ"),
          Map.entry("omega", "ω"),
          Map.entry("Delta", "Δ"),
          Map.entry("Theta", "Θ"),
          Map.entry("Phi", "Φ"),
          Map.entry("Sigma", "Σ"),
          Map.entry("Omega", "Ω"),
          Map.entry("infty", "∞"),
          Map.entry("top", "⊤"));
  private static final Map<String, String> SIGNS =
      Map.ofEntries(
          Map.entry("in", "∈"),
          Map.entry("ne", "≠"),
          Map.entry("le", "≤"),
          Map.entry("leq", "≤"),
          Map.entry("ge", "≥"),
          Map.entry("geq", "≥"),
          Map.entry("sim", "∼"),
          Map.entry("approx", "≈"),
          Map.entry("cdot", "·"),
          Map.entry("times", "×"),
          Map.entry("pm", "±"),
          Map.entry("leftarrow", "←"),
          Map.entry("rightarrow", "→"),
          Map.entry("to", "→"),
          Map.entry("angle", "∠"),
          Map.entry("nabla", "∇"),
          Map.entry("partial", "∂"),
          Map.entry("ldots", "…"),
          Map.entry("dots", "…"),
          Map.entry("lVert", "‖"),
          Map.entry("rVert", "‖"),
          Map.entry("|", "‖"),
          Map.entry("mid", "|"),
          Map.entry("{", "{"),
          Map.entry("}", "}"));
  private static final Map<String, String> ACCENTS =
      Map.of("hat", "^", "tilde", "~", "bar", "¯", "dot", "˙");
  private static final Map<String, String> SPACES =
      Map.of(",", "0.17em", ";", "0.28em", " ", "0.33em", "quad", "1em", "qquad", "2em");
  private static final Set<String> WORDS =
      Set.of("min", "max", "sin", "cos", "tan", "tanh", "log", "exp", "arg");
  private static final Set<String> BRACKETS = Set.of("left", "right", "big", "Big", "bigl", "bigr");
  private static final Set<String> UNDER = Set.of("\\sum", "\\max", "\\min");

  /** What no formula of this kind has. */
  private static final class Unknown extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final String tex;
  private final boolean display;
  private int at;

  private Formula(String tex, boolean display) {
    this.tex = tex;
    this.display = display;
  }

  /**
   * The formula as MathML; empty where it has something that is not known.
   *
   * @param tex what stands between the dollar signs
   * @param display whether it has a line of its own
   */
  static Optional<String> mathml(String tex, boolean display) {
    try {
      Formula formula = new Formula(tex.strip(), display);
      String row = formula.row(next -> false);
      return Optional.of("<math%s>%s</math>".formatted(display ? " display=\"block\"" : "", row));
    } catch (Unknown e) {
      return Optional.empty();
    }
  }

  /** What comes until something that ends it. */
  private String row(Predicate<Character> ends) {
    List<String> parts = new ArrayList<>();
    while (at < tex.length() && !ends.test(tex.charAt(at))) {
      if (Character.isWhitespace(tex.charAt(at))) {
        at++;
      } else {
        parts.add(scripted());
      }
    }
    return parts.size() == 1 ? parts.get(0) : "<mrow>" + String.join("", parts) + "</mrow>";
  }

  /** An atom with what stands below and above it. */
  private String scripted() {
    int begin = at;
    String base = atom();
    boolean under = display && UNDER.contains(tex.substring(begin, at));
    String below = "";
    String above = "";
    while (at < tex.length() && "_^'".indexOf(tex.charAt(at)) >= 0) {
      char kind = tex.charAt(at++);
      if (kind == '\'') {
        above += "<mo>′</mo>";
      } else if (kind == '_' && below.isEmpty()) {
        below = argument();
      } else if (kind == '^') {
        above += argument();
      } else {
        throw new Unknown();
      }
    }
    String high = above.isEmpty() ? "" : "<mrow>" + above + "</mrow>";
    String element = under ? "munder" : "msub";
    if (below.isEmpty()) {
      return high.isEmpty() ? base : "<msup>" + base + high + "</msup>";
    }
    return high.isEmpty()
        ? "<%s>%s%s</%1$s>".formatted(element, base, below)
        : "<%s>%s%s%s</%1$s>"
            .formatted(element.equals("munder") ? "munderover" : "msubsup", base, below, high);
  }

  /** What a command or a script takes: a group, or the next atom, of a number its first digit. */
  private String argument() {
    skip();
    if (at < tex.length() && Character.isDigit(tex.charAt(at))) {
      return "<mn>" + tex.charAt(at++) + "</mn>";
    }
    return atom();
  }

  private void skip() {
    while (at < tex.length() && Character.isWhitespace(tex.charAt(at))) {
      at++;
    }
  }

  private String atom() {
    if (at >= tex.length()) {
      throw new Unknown();
    }
    char first = tex.charAt(at);
    if (first == '\\') {
      return command();
    }
    if (first == '{') {
      at++;
      String row = row(next -> next == '}');
      close();
      return row;
    }
    if (Character.isDigit(first)) {
      int begin = at;
      while (at < tex.length()
          && (Character.isDigit(tex.charAt(at)) || (tex.charAt(at) == '.' && at > begin))) {
        at++;
      }
      return "<mn>" + tex.substring(begin, at) + "</mn>";
    }
    at++;
    if (Character.isLetter(first)) {
      return "<mi>" + first + "</mi>";
    }
    return switch (first) {
      case '-' -> "<mo>−</mo>";
      case '<' -> "<mo>&lt;</mo>";
      case '>' -> "<mo>&gt;</mo>";
      case '+', '=', '(', ')', '[', ']', '|', ',', '/', '*', ':', ';', '.', '!' ->
          sign(String.valueOf(first));
      default -> throw new Unknown();
    };
  }

  /** A sign; brackets stay as high as a line, however long what they hold. */
  private static String sign(String sign) {
    String high = "()[]{}|‖/".contains(sign) ? " stretchy=\"false\"" : "";
    return "<mo" + high + ">" + sign + "</mo>";
  }

  private void close() {
    if (at >= tex.length()) {
      throw new Unknown();
    }
    at++;
  }

  private String command() {
    int begin = ++at;
    while (at < tex.length() && Character.isLetter(tex.charAt(at))) {
      at++;
    }
    if (at == begin && at < tex.length()) {
      at++;
    }
    String name = tex.substring(begin, at);
    if (LETTERS.containsKey(name)) {
      return "<mi>" + LETTERS.get(name) + "</mi>";
    }
    if (SIGNS.containsKey(name)) {
      return sign(SIGNS.get(name));
    }
    if (WORDS.contains(name)) {
      return "<mi>" + name + "</mi>";
    }
    if (SPACES.containsKey(name)) {
      return "<mspace width=\"" + SPACES.get(name) + "\"></mspace>";
    }
    if (BRACKETS.contains(name)) {
      return argument();
    }
    if (ACCENTS.containsKey(name)) {
      return "<mover>" + argument() + "<mo>" + ACCENTS.get(name) + "</mo></mover>";
    }
    return switch (name) {
      case "sum" -> "<mo>∑</mo>";
      case "sqrt" -> "<msqrt>" + argument() + "</msqrt>";
      case "frac", "tfrac" -> "<mfrac>" + argument() + argument() + "</mfrac>";
      // MathML drops blanks at the ends of a text
      case "mathrm", "text" -> "<mtext>" + word().replace(' ', '\u00a0') + "</mtext>";
      default -> throw new Unknown();
    };
  }

  /** A group as it is typed. */
  private String word() {
    skip();
    int end = tex.indexOf('}', at);
    if (at >= tex.length() || tex.charAt(at) != '{' || end < 0) {
      throw new Unknown();
    }
    String word = tex.substring(at + 1, end);
    if (!word.chars().allMatch(c -> Character.isLetterOrDigit(c) || " ,.-".indexOf(c) >= 0)) {
      throw new Unknown();
    }
    at = end + 1;
    return word;
  }
}
