package dev.retort.exchange.onnx;

import ai.onnxruntime.TensorInfo;
import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.distribution.ActionValues;
import dev.retort.distribution.Categorical;
import dev.retort.distribution.Distribution;
import dev.retort.distribution.Normal;
import dev.retort.distribution.Point;
import dev.retort.distribution.SquashedNormal;
import dev.retort.env.Env;
import dev.retort.env.normalize.Normalization;
import dev.retort.exchange.onnx.OnnxPolicy.Reading;
import dev.retort.exchange.onnx.OnnxPolicy.Remembering;
import dev.retort.exchange.onnx.OnnxPolicy.Saying;
import dev.retort.exchange.onnx.OnnxPolicy.Seeing;
import dev.retort.nn.Output;
import dev.retort.option.Given;
import dev.retort.policy.Policy;
import dev.retort.policy.Provenance;
import dev.retort.space.Box;
import dev.retort.space.Discrete;
import dev.retort.space.Selection;
import dev.retort.space.Space;
import dev.retort.space.Spaces;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * A model of any tool in the format of ONNX, of which is said what it needs to be a policy: in
 * which environment it acts, and which of its outputs says how.
 *
 * <pre>{@code
 * Policy teacher = Onnx.of(Path.of("teacher.onnx")).on(env("CartPole")).logits("logits");
 * Policy driver = Onnx.of(Path.of("driver.onnx"))
 *     .on(track)
 *     .seeing("camera", "picture").seeing("state", "speed", "angle")     // input, parts of the observation
 *     .remembering("h", "h_next")                                       // fed back at the next step
 *     .action("steering");
 * }</pre>
 *
 * <p>Each word gives another one, of which more is said; what gives a policy tries it on one row of
 * zeros. The axis of rows may be of any size, of a fixed one, or missing.
 */
public final class Onnx {
  private final OnnxFile file;
  private final Map<String, List<String>> sees = new LinkedHashMap<>();
  private final Map<String, String> remembers = new LinkedHashMap<>();
  private final Map<String, String> says = new LinkedHashMap<>();
  private Optional<Spaces> spaces = Optional.empty();
  private Provenance origin = Provenance.unknown();
  private Optional<Normalization> normalization = Optional.empty();
  private OptionalDouble discount = OptionalDouble.empty();

  private Onnx(OnnxFile file) {
    this.file = file;
  }

  /**
   * A model in a file.
   *
   * @throws RetortException if the file is damaged, or none of ONNX
   */
  public static Onnx of(Path file) {
    return of(OnnxFile.read(given("a file", file)));
  }

  static Onnx of(OnnxFile file) {
    return new Onnx(file);
  }

  private static <T> T given(String what, T value) {
    return Given.given("open policy", what, value);
  }

  /** The same, of which one thing more is said. */
  private Onnx with(Consumer<Onnx> saying) {
    Onnx more = new Onnx(file);
    more.sees.putAll(sees);
    more.remembers.putAll(remembers);
    more.says.putAll(says);
    more.spaces = spaces;
    more.origin = origin;
    more.normalization = normalization;
    more.discount = discount;
    saying.accept(more);
    return more;
  }

  /** Says in which environment it acts, and so what it sees and does. */
  public Onnx on(Env env) {
    Env known = given("an environment", env);
    return on(known.observations(), known.actions()).from(Provenance.in(known));
  }

  /** Says what it sees and does. */
  public Onnx on(Space seen, Space done) {
    Spaces both =
        new Spaces(given("a space of observations", seen), given("a space of actions", done));
    return with(more -> more.spaces = Optional.of(both));
  }

  /** Says where it comes from. */
  Onnx from(Provenance other) {
    return with(more -> more.origin = other);
  }

  /**
   * Says which parts of the observation an input is given; without it the one input is given all.
   *
   * @param parts by their names; none for the whole observation
   */
  public Onnx seeing(String input, String... parts) {
    String known = given("the name of an input", input);
    given("names of parts", (Object) parts);
    List<String> names = parts.length == 0 ? List.of() : Given.given("open policy", "names", parts);
    return with(more -> more.sees.put(known, names));
  }

  /** Says which output of a step an input is given at the next one; zeros at the first. */
  public Onnx remembering(String input, String output) {
    String to = given("the name of an input", input);
    String from = given("the name of an output", output);
    return with(more -> more.remembers.put(to, from));
  }

  /** Says that an output is, for instance, the {@code value}: one more of what the policy says. */
  public Onnx saying(String output, String is) {
    String from = given("the name of an output", output);
    String what = given("what the output is", is);
    return with(more -> more.says.put(from, what));
  }

  /** Says how observations are normalized before the model sees them. */
  public Onnx normalizing(Normalization how) {
    Normalization known = given("a normalization", how);
    return with(more -> more.normalization = Optional.of(known));
  }

  /** Says γ, by which its action values discount. */
  public Onnx discounting(double gamma) {
    return with(more -> more.discount = OptionalDouble.of(gamma));
  }

  /** The policy that chooses with probabilities of these logits. */
  public Policy logits(String output) {
    Categorical distribution = new Categorical(choices("logits"));
    return policy(distribution, List.of(output), Reading.PLAIN);
  }

  /** The policy that chooses with these probabilities. */
  public Policy probabilities(String output) {
    Categorical distribution = new Categorical(choices("probabilities"));
    return policy(distribution, List.of(output), Reading.PROBABILITIES);
  }

  /** The policy that chooses what has the highest of these values. */
  public Policy values(String output) {
    return policy(new ActionValues(choices("values")), List.of(output), Reading.PLAIN);
  }

  /** The policy that does this: an action, moved into its bounds, or the number of a choice. */
  public Policy action(String output) {
    return policy(new Point(actions()), List.of(output), Reading.ACTION);
  }

  /** The policy that draws numbers from a normal distribution and moves them into their bounds. */
  public Policy normal(String mean, String logDeviation) {
    Normal distribution = new Normal(numbers("a mean"), false);
    return policy(distribution, List.of(mean, logDeviation), Reading.PLAIN);
  }

  /**
   * The policy that draws from a normal distribution, of which the hyperbolic tangent is stretched
   * to the bounds.
   */
  public Policy squashedNormal(String mean, String logDeviation) {
    SquashedNormal distribution = new SquashedNormal(numbers("a mean"));
    return policy(distribution, List.of(mean, logDeviation), Reading.PLAIN);
  }

  private Spaces spaces() {
    return spaces.orElseThrow(
        () ->
            new RetortException(
                "open policy '%s': expected to be told what it sees and does, got nothing. Say on(env), or on(observations, actions)."
                    .formatted(file.path())));
  }

  private Space actions() {
    return spaces().actions();
  }

  private Discrete choices(String what) {
    if (actions() instanceof Discrete discrete) {
      return discrete;
    }
    throw misfit(what, "choices");
  }

  private Box numbers(String what) {
    if (actions() instanceof Box box) {
      return box;
    }
    throw misfit(what, "numbers");
  }

  private RetortException misfit(String what, String expected) {
    return new RetortException(
        "open policy '%s': expected actions that are %s for %s, got %s. Say another output, or on(..) of another environment."
            .formatted(file.path(), expected, what, actions().summary()));
  }

  /** A policy of this distribution, whose outputs are these of the model. */
  Policy policy(Distribution distribution, List<String> outputs, Reading reading) {
    Space seen = spaces().observations();
    List<Saying> saying = new ArrayList<>();
    try (OnnxSession session = new OnnxSession(file)) {
      Map<String, TensorInfo> given = session.outputs();
      for (int i = 0; i < outputs.size(); i++) {
        Output own = distribution.outputs().get(i);
        saying.add(new Saying(own, known("output", outputs.get(i), given), reading));
      }
      says.forEach(
          (output, is) -> {
            TensorInfo info = given.get(known("output", output, given));
            int size = OnnxInput.of(output, info).size();
            saying.add(new Saying(Output.of(is, size), output, Reading.PLAIN));
          });
      List<Remembering> remembering = new ArrayList<>();
      remembers.forEach(
          (input, output) -> {
            TensorInfo info = session.inputs().get(known("input", input, session.inputs()));
            remembering.add(
                new Remembering(OnnxInput.of(input, info), known("output", output, given)));
          });
      return new OnnxPolicy(
              name(),
              file,
              seen,
              distribution,
              saying,
              seeing(seen, session.inputs()),
              remembering,
              normalization,
              discount,
              origin)
          .tried();
    }
  }

  private String name() {
    String own = file.path().getFileName().toString();
    return file.metadata().getOrDefault(OnnxText.NAME, own.replaceAll("(?i)\\.onnx$", ""));
  }

  private static String known(String what, String name, Map<String, TensorInfo> all) {
    if (!all.containsKey(name)) {
      throw UnknownNameException.in("open policy", what + " of the model", name, all.keySet());
    }
    return name;
  }

  private List<Seeing> seeing(Space seen, Map<String, TensorInfo> inputs) {
    Map<String, List<String>> wanted = new LinkedHashMap<>(sees);
    List<String> left =
        inputs.keySet().stream()
            .filter(name -> !sees.containsKey(name) && !remembers.containsKey(name))
            .toList();
    if (sees.isEmpty() && left.size() == 1) {
      wanted.put(left.get(0), List.of());
    } else if (!left.isEmpty()) {
      throw new RetortException(
          "open policy '%s': expected to be told what each input is given, got nothing of %s. Say seeing(\"%s\", \"part\", ..), or remembering(\"%s\", \"output\"), of %s."
              .formatted(
                  file.path(),
                  String.join(", ", left),
                  left.get(0),
                  left.get(0),
                  OnnxSession.shown(inputs)));
    }
    List<Seeing> all = new ArrayList<>();
    wanted.forEach(
        (name, parts) -> {
          TensorInfo info = inputs.get(known("input", name, inputs));
          Selection selection =
              parts.isEmpty() ? Selection.all(seen) : Selection.parts(seen, parts);
          all.add(new Seeing(input(name, info, selection.sees()), selection));
        });
    return all;
  }

  private OnnxInput input(String name, TensorInfo info, Space each) {
    if (!OnnxInput.isTaken(info.type)) {
      throw new RetortException(
          "open policy '%s': expected an input of numbers, got %s."
              .formatted(file.path(), OnnxSession.shown(Map.of(name, info))));
    }
    return OnnxInput.of(name, info, each.size(), OnnxSight.shape(each))
        .orElseThrow(
            () ->
                new RetortException(
                    "open policy '%s': expected an input for %s, got %s. Say on(..) of another environment, or seeing(..) of other parts."
                        .formatted(
                            file.path(), each.summary(), OnnxSession.shown(Map.of(name, info)))));
  }
}
