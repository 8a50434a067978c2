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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

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
 * <p>It is immutable; what gives a policy tries it on one row of zeros. The axis of rows may be of
 * any size, of a fixed one, or missing.
 */
public final class Onnx {
  private final OnnxFile file;
  private final Optional<Space> observations;
  private final Optional<Space> actions;
  private final Provenance origin;
  private final Map<String, List<String>> sees;
  private final Map<String, String> remembers;
  private final Map<String, String> says;
  private final Optional<Normalization> normalization;
  private final OptionalDouble discount;

  private Onnx(
      OnnxFile file,
      Optional<Space> observations,
      Optional<Space> actions,
      Provenance origin,
      Map<String, List<String>> sees,
      Map<String, String> remembers,
      Map<String, String> says,
      Optional<Normalization> normalization,
      OptionalDouble discount) {
    this.file = file;
    this.observations = observations;
    this.actions = actions;
    this.origin = origin;
    this.sees = sees;
    this.remembers = remembers;
    this.says = says;
    this.normalization = normalization;
    this.discount = discount;
  }

  /**
   * A model in a file.
   *
   * @throws RetortException if the file is damaged, or none of ONNX
   */
  public static Onnx of(Path file) {
    return of(OnnxFile.read(Given.given("open policy", "a file", file)));
  }

  static Onnx of(OnnxFile file) {
    return new Onnx(
        file,
        Optional.empty(),
        Optional.empty(),
        Provenance.unknown(),
        Map.of(),
        Map.of(),
        Map.of(),
        Optional.empty(),
        OptionalDouble.empty());
  }

  /** Says in which environment it acts, and so what it sees and does. */
  public Onnx on(Env env) {
    Env known = Given.given("open policy", "an environment", env);
    return on(known.observations(), known.actions()).from(Provenance.in(known));
  }

  /** Says what it sees and does. */
  public Onnx on(Space seen, Space done) {
    return new Onnx(
        file,
        Optional.of(Given.given("open policy", "a space of observations", seen)),
        Optional.of(Given.given("open policy", "a space of actions", done)),
        origin,
        sees,
        remembers,
        says,
        normalization,
        discount);
  }

  Onnx from(Provenance other) {
    return new Onnx(
        file, observations, actions, other, sees, remembers, says, normalization, discount);
  }

  /**
   * Says which parts of the observation an input is given; without it the one input is given all.
   *
   * @param parts by their names; none for the whole observation
   */
  public Onnx seeing(String input, String... parts) {
    String known = Given.given("open policy", "the name of an input", input);
    Given.given("open policy", "names of parts", (Object) parts);
    List<String> names = parts.length == 0 ? List.of() : Given.given("open policy", "names", parts);
    Map<String, List<String>> more = with(sees, known, names);
    return new Onnx(
        file, observations, actions, origin, more, remembers, says, normalization, discount);
  }

  /** Says which output of a step an input is given at the next one; zeros at the first. */
  public Onnx remembering(String input, String output) {
    Map<String, String> more =
        with(
            remembers,
            Given.given("open policy", "the name of an input", input),
            Given.given("open policy", "the name of an output", output));
    return new Onnx(file, observations, actions, origin, sees, more, says, normalization, discount);
  }

  /** Says that an output is, for instance, the {@code value}: one more of what the policy says. */
  public Onnx saying(String output, String is) {
    Map<String, String> more =
        with(
            says,
            Given.given("open policy", "the name of an output", output),
            Given.given("open policy", "what the output is", is));
    return new Onnx(
        file, observations, actions, origin, sees, remembers, more, normalization, discount);
  }

  /** Says how observations are normalized before the model sees them. */
  public Onnx normalizing(Normalization how) {
    Optional<Normalization> other = Optional.of(Given.given("open policy", "a normalization", how));
    return new Onnx(file, observations, actions, origin, sees, remembers, says, other, discount);
  }

  /** Says γ, by which its action values discount. */
  public Onnx discounting(double gamma) {
    OptionalDouble other = OptionalDouble.of(gamma);
    return new Onnx(
        file, observations, actions, origin, sees, remembers, says, normalization, other);
  }

  private static <V> Map<String, V> with(Map<String, V> before, String key, V value) {
    Map<String, V> more = new LinkedHashMap<>(before);
    more.put(key, value);
    return more;
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

  private Space actions() {
    return actions.orElseThrow(
        () ->
            new RetortException(
                "open policy '%s': expected to be told what it sees and does, got nothing. Say on(env), or on(observations, actions)."
                    .formatted(file.path())));
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
    Space seen = observations.orElseThrow();
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
