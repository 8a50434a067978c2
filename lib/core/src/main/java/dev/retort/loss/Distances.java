package dev.retort.loss;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.option.Type;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The distances that are known: those of the library, as a table, and the user's own, as text. */
public final class Distances {
  /**
   * One distance, or a family of them with a parameter.
   *
   * @param name in text, before the colon
   * @param parameter after the colon, such as {@code T}; empty where there is none
   * @param formula of one row, with the target {@code t} and outputs {@code z}
   * @param reference where it is from
   * @param use when to take it
   * @param with the distance with a parameter, which is above 0 and is 1 where none is said
   */
  public record Entry(
      String name,
      String parameter,
      String formula,
      String reference,
      String use,
      DoubleFunction<Distance> with) {
    /** The distance where nothing more is said. */
    public Distance standard() {
      return with.apply(1);
    }

    /** Its form in text, such as {@code kl:T}. */
    public String form() {
      return parameter.isEmpty() ? name : name + ":" + parameter;
    }
  }

  private static final String RUSU =
      "Andrei A. Rusu and others, \"Policy distillation\", 2015, arXiv 1511.06295";

  private static final String KE =
      "Liyiming Ke and others, \"Imitation learning as f-divergence minimization\", 2019, arXiv 1905.12888";

  private static final List<Entry> SUPPLIED =
      List.of(
          new Entry(
              "kl",
              "T",
              "KL(p ‖ q) = Σ_k p_k (log p_k − log q_k), p = softmax(t / T), q = softmax(z)",
              RUSU,
              "Choices of a teacher with logits (T 1) or action values (T 0.01): the usual one.",
              Kl::new),
          new Entry(
              "cross-entropy",
              "T",
              "H×(p ‖ q) = −Σ_k p_k log q_k, p = softmax(t / T), q = softmax(z)",
              "Emilio Parisotto, Jimmy Lei Ba and Ruslan Salakhutdinov, \"Actor-Mimic: deep multitask and transfer reinforcement learning\", 2015, arXiv 1511.06342",
              "The gradient of kl where a paper prints this value.",
              CrossEntropy::new),
          new Entry(
              "reverse-kl",
              "T",
              "KL(q ‖ p) = Σ_k q_k (log q_k − log p_k), p = softmax(t / T), q = softmax(z)",
              KE,
              "Students too small to be like the teacher everywhere, who shall keep to one of its choices.",
              ReverseKl::new),
          new Entry(
              "jensen-shannon",
              "T",
              "JS(p, q) = ½ KL(p ‖ m) + ½ KL(q ‖ m), m = ½ (p + q), p = softmax(t / T), q = softmax(z)",
              "Jianhua Lin, \"Divergence measures based on the Shannon entropy\", 1991",
              "A bounded measure of agreement; a loss for students who begin near the teacher.",
              JensenShannon::new),
          new Entry(
              "nll",
              "",
              "−log q_a, a = argmax_k t_k, q = softmax(z)",
              RUSU,
              "The teacher's best choice is all that counts.",
              none -> new Nll()),
          new Entry(
              "behavior-cloning",
              "",
              "−log q_a, q = softmax(z)",
              "Michael Bain and Claude Sammut, \"A framework for behavioral cloning\", 1995",
              "Only the actions that were taken are known; the target is the action's index a.",
              none -> new BehaviorCloning()),
          new Entry(
              "mse",
              "",
              "Σ_k (z_k − t_k)²",
              RUSU,
              "Actions, values and features; action values where their size matters too.",
              none -> new Mse()),
          new Entry(
              "probability-mse",
              "",
              "Σ_k (q_k − p_k)², p = softmax(t), q = softmax(z)",
              "Weltevrede, Zanger, Spaan, Böhmer, 2025, arXiv 2505.16581",
              "Choices of a teacher with logits, where no row shall weigh more than 2.",
              none -> new ProbabilityMse()),
          new Entry(
              "cosine",
              "",
              "1 − c, c = z·t / (‖z‖ ‖t‖)",
              "Victor Sanh and others, \"DistilBERT, a distilled version of BERT\", 2019, arXiv 1910.01108",
              "Directions: headings, and features whose length means nothing.",
              none -> new Cosine()),
          new Entry(
              "huber",
              "δ",
              "Σ_k h(z_k − t_k), h(e) = ½ e² where |e| ≤ δ, else δ (|e| − ½ δ)",
              "Peter J. Huber, \"Robust estimation of a location parameter\", 1964",
              "Numbers with outliers.",
              Huber::new),
          new Entry(
              "l1",
              "",
              "Σ_k |z_k − t_k|",
              "Peter Bloomfield and William L. Steiger, \"Least absolute deviations\", 1983",
              "Numbers whose median is wanted, not their mean.",
              none -> new L1()),
          new Entry(
              "normal-kl",
              "",
              "KL(N_T ‖ N_S) = Σ_d log σ_S − log σ_T + (σ_T² + (μ_T − μ_S)²) / (2 σ_S²) − ½",
              "Solomon Kullback and Richard A. Leibler, \"On information and sufficiency\", 1951",
              "Continuous actions of a teacher with means and deviations: the usual one.",
              none -> new NormalKl()),
          new Entry(
              "reverse-normal-kl",
              "",
              "KL(N_S ‖ N_T) = Σ_d log σ_T − log σ_S + (σ_S² + (μ_S − μ_T)²) / (2 σ_T²) − ½",
              KE,
              "The same where students shall keep to what the teacher does surely.",
              none -> new ReverseNormalKl()),
          new Entry(
              "normal-nll",
              "",
              "−log N(a; μ, σ) = Σ_d log σ + ½ log 2π + (a − μ)² / (2 σ²)",
              "David A. Nix and Andreas S. Weigend, \"Estimating the mean and variance of the target probability distribution\", 1994",
              "Continuous actions alone are known, and students shall say how sure they are.",
              none -> new NormalNll()));

  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          "behaviour-cloning", "behavior-cloning",
          "bc", "behavior-cloning",
          "taken", "behavior-cloning");

  private Distances() {}

  /** Those of the library, in the order in which a page lists them. */
  public static List<Entry> supplied() {
    return SUPPLIED;
  }

  /** Names of all that are known: those of the library, then those that were registered. */
  public static List<String> names() {
    return Stream.concat(SUPPLIED.stream().map(Entry::name), OwnDistances.names().stream())
        .toList();
  }

  /**
   * Makes a distance of your own known by its name, so that magics and {@code resume} find it; a
   * cell that is run again replaces it.
   *
   * @param name one word, such as {@code pinball}
   * @return the distance under its name
   * @throws RetortException if the name is no word, or is that of one of the library's
   */
  public static Distance register(String name, Distance own) {
    return OwnDistances.register(name, own);
  }

  /**
   * Makes distances of your own known that differ by a number, such as {@code pinball:0.9}.
   *
   * @param name one word, such as {@code pinball}
   * @param family the distance with a number, which is 1 where none is said
   * @throws RetortException if the name is no word, or is that of one of the library's
   */
  public static void register(String name, DoubleFunction<? extends Distance> family) {
    OwnDistances.register(name, family);
  }

  /**
   * A distance by whose text it is found again: one of the user's own becomes an {@link
   * OwnDistance}, named after its class and its numbers where nobody has registered it.
   */
  public static Distance known(Distance distance) {
    return isSupplied(distance) ? distance : OwnDistances.known(distance);
  }

  /** Whether a distance is known by that text. */
  public static boolean isKnown(String text) {
    return isSupplied(text) || OwnDistances.find(text).isPresent();
  }

  /** Whether a distance is one of the library's. */
  private static boolean isSupplied(Distance distance) {
    return SUPPLIED.stream().anyMatch(known -> known.standard().getClass() == distance.getClass());
  }

  /** Whether text is, or begins as, one of the library's. */
  static boolean isSupplied(String text) {
    String name = words(text)[0];
    return OTHER_NAMES.containsKey(name)
        || SUPPLIED.stream().anyMatch(known -> known.name().equals(name));
  }

  private static String[] words(String text) {
    return text.trim().toLowerCase(Locale.ROOT).split("[:\\s]+", -1);
  }

  /**
   * Distances as text: {@code kl:0.01}, {@code mse}, {@code huber:1.0}, and so on, and those of the
   * user's own by their names.
   */
  public static Type<Distance> type() {
    return new Type<>(
        SUPPLIED.stream()
            .map(Entry::form)
            .collect(
                Collectors.joining(", ", "one of ", " with numbers above 0, or one of your own")),
        Distances::parse,
        Distance::toString,
        Stream.concat(SUPPLIED.stream().map(Entry::name), Stream.of("kl:0.01", "kl:0.5")).toList());
  }

  private static Distance parse(String text) {
    if (!isSupplied(text)) {
      return OwnDistances.find(text).orElseThrow(() -> unknown(text));
    }
    String[] words = words(text);
    Type.require(words.length <= 2);
    String name = OTHER_NAMES.getOrDefault(words[0], words[0]);
    Entry entry =
        SUPPLIED.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    if (words.length == 1) {
      return entry.standard();
    }
    double value = Double.parseDouble(words[1]);
    Type.require(!entry.parameter().isEmpty() && value > 0 && Double.isFinite(value));
    return entry.with().apply(value);
  }

  private static UnknownNameException unknown(String text) {
    String name = words(text)[0];
    Type.require(!name.isEmpty() && Character.isLetter(name.charAt(0)));
    return new UnknownNameException("loss", name, names());
  }
}
