package dev.retort.exchange.onnx;

import dev.retort.RetortException;
import dev.retort.distribution.Distribution;
import dev.retort.env.normalize.Normalization;
import dev.retort.nn.Output;
import dev.retort.policy.Policy;
import dev.retort.policy.Provenance;
import dev.retort.space.Box;
import dev.retort.space.Selection;
import dev.retort.space.Space;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A policy whose outputs a model of ONNX computes. Each {@link #forward} opens the model for itself
 * and closes it.
 *
 * @param name for tables
 * @param file the model
 * @param observations what it expects to see
 * @param distribution of its actions
 * @param says its outputs, those that act first
 * @param sees its inputs, and what each is given of an observation
 * @param remembers outputs that are fed back to inputs at the next step
 * @param normalization of what it sees
 * @param discount of its action values
 * @param origin where it comes from
 */
record OnnxPolicy(
    String name,
    OnnxFile file,
    Space observations,
    Distribution distribution,
    List<Saying> says,
    List<Seeing> sees,
    List<Remembering> remembers,
    Optional<Normalization> normalization,
    OptionalDouble discount,
    Provenance origin)
    implements Policy {
  /** What becomes of the numbers of an output. */
  enum Reading {
    /** They are what they are. */
    PLAIN,
    /** Probabilities, whose logarithms are logits. */
    PROBABILITIES,
    /** An action, which is moved into its bounds. */
    ACTION
  }

  /** An output of the policy, and that of the model which gives it. */
  record Saying(Output output, String from, Reading reading) {}

  /** An input, and what it is given. */
  record Seeing(OnnxInput input, Selection selection) {}

  /** An input, and the output of the step before that it is given; zeros at the first one. */
  record Remembering(OnnxInput input, String from) {}

  @Override
  public List<Output> outputs() {
    return says.stream().map(Saying::output).toList();
  }

  @Override
  public int memory() {
    return remembers.stream().mapToInt(each -> each.input().size()).sum();
  }

  @Override
  public OnnxPolicy made(Provenance from) {
    return new OnnxPolicy(
        name,
        file,
        observations,
        distribution,
        says,
        sees,
        remembers,
        normalization,
        discount,
        from);
  }

  @Override
  public Forward forward(int batch) {
    return forward(batch, distribution.outputs());
  }

  @Override
  public Forward forward(int batch, List<Output> some) {
    return new Computing(some.stream().map(this::saying).toList());
  }

  private Saying saying(Output wanted) {
    return says.stream()
        .filter(each -> each.output().name().equals(wanted.name()))
        .findFirst()
        .orElseThrow(
            () ->
                new RetortException(
                    "policy '%s': expected an output among %s, got '%s'."
                        .formatted(name, Output.names(outputs()), wanted.name())));
  }

  /** The model at work. */
  private final class Computing implements Forward {
    private final OnnxSession session = new OnnxSession(file);
    private final List<Saying> wanted;
    private final List<OnnxInput> inputs = new ArrayList<>();
    private final Set<String> names = new LinkedHashSet<>();
    private final int atOnce;

    Computing(List<Saying> wanted) {
      this.wanted = wanted;
      sees.forEach(each -> inputs.add(each.input()));
      remembers.forEach(each -> inputs.add(each.input()));
      wanted.forEach(each -> names.add(each.from()));
      remembers.forEach(each -> names.add(each.from()));
      this.atOnce = inputs.stream().mapToInt(OnnxInput::rows).filter(n -> n > 0).min().orElse(0);
    }

    @Override
    public void apply(float[] rows, int count, float[] outputs) {
      if (memory() > 0) {
        throw new RetortException(
            "policy '%s': expected its memory beside the observations, got none. Open an actor, which keeps it."
                .formatted(name));
      }
      apply(rows, new float[0], count, outputs);
    }

    @Override
    public void apply(float[] rows, float[] memory, int count, float[] outputs) {
      float[] seen = rows;
      if (normalization.isPresent()) {
        seen = new float[count * observations.size()];
        normalization.get().apply(rows, 0, count, seen, 0);
      }
      int most = atOnce == 0 ? count : atOnce;
      for (int from = 0; from < count; from += most) {
        some(seen, memory, from, Math.min(most, count - from), most, outputs);
      }
    }

    /** Rows that the model takes at once; a model of a fixed number is given zeros for the rest. */
    private void some(
        float[] seen, float[] memory, int from, int count, int most, float[] outputs) {
      List<float[]> values = new ArrayList<>();
      for (Seeing each : sees) {
        float[] own = new float[most * each.input().size()];
        for (int row = 0; row < count; row++) {
          int at = (from + row) * observations.size();
          each.selection().take(seen, at, own, row * each.input().size());
        }
        values.add(own);
      }
      int width = memory();
      int place = 0;
      for (Remembering each : remembers) {
        int size = each.input().size();
        float[] own = new float[most * size];
        copy(memory, from * width + place, width, own, 0, size, size, count);
        values.add(own);
        place += size;
      }
      Map<String, float[]> given = session.run(inputs, values, most, names);
      place = 0;
      for (Remembering each : remembers) {
        int size = each.input().size();
        float[] next = requireSize(given, each.from(), most * size);
        copy(next, 0, size, memory, from * width + place, width, size, count);
        place += size;
      }
      say(given, from, count, most, outputs);
    }

    private void say(Map<String, float[]> given, int from, int count, int most, float[] outputs) {
      int width = Output.width(wanted.stream().map(Saying::output).toList());
      int place = 0;
      for (Saying each : wanted) {
        int size = each.output().size();
        float[] own = requireSize(given, each.from(), most * size);
        int to = from * width + place;
        copy(own, 0, size, outputs, to, width, size, count);
        for (int row = 0; row < count; row++) {
          read(each.reading(), outputs, to + row * width, size);
        }
        place += size;
      }
    }

    private void read(Reading reading, float[] outputs, int at, int size) {
      if (reading == Reading.PROBABILITIES) {
        for (int i = at; i < at + size; i++) {
          outputs[i] = (float) Math.log(Math.max(outputs[i], Float.MIN_NORMAL));
        }
      } else if (reading == Reading.ACTION && actions() instanceof Box box) {
        box.clipRow(outputs, at);
      }
    }

    private float[] requireSize(Map<String, float[]> given, String output, int size) {
      float[] own = given.get(output);
      if (own.length != size) {
        throw new RetortException(
            "policy '%s': expected %s numbers of output '%s', got %s. Say another output, or other spaces."
                .formatted(name, size, output, own.length));
      }
      return own;
    }

    @Override
    public void close() {
      session.close();
    }
  }

  /** Copies stretches of rows. */
  private static void copy(
      float[] from, int at, int width, float[] to, int toAt, int toWidth, int size, int rows) {
    for (int row = 0; row < rows; row++) {
      System.arraycopy(from, at + row * width, to, toAt + row * toWidth, size);
    }
  }

  /** Computes one row of zeros, so that a model that gives other things is refused here. */
  OnnxPolicy tried() {
    try (Forward forward = forward(1, outputs())) {
      float[] zeros = new float[observations.size()];
      forward.apply(zeros, new float[memory()], 1, new float[Output.width(outputs())]);
    }
    return this;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: %s, %,d bytes, %s -> %s",
        name,
        file.path().getFileName(),
        file.bytes().length,
        observations.summary(),
        actions().summary());
  }
}
