package dev.retort.nn;

import dev.retort.RetortException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where the numbers of a population lie in its flat array: {@code [slice][member][numbers]}.
 *
 * <p>Layer by layer, and within a layer member by member, so that the engine sees each layer of all
 * members as one tensor. What a file holds is one member, {@code [slice][numbers]}.
 */
final class Layout {
  /** What one block of memory outside of Java's heap can hold. */
  private static final int MOST = Integer.MAX_VALUE / 4;

  private final List<Slice> slices;
  private final int members;
  private final int[] offsets;

  Layout(Blueprint blueprint, int members) {
    this.slices = slices(blueprint);
    this.members = members;
    this.offsets = new int[slices.size() + 1];
    long all = members * slices.stream().mapToLong(Slice::count).sum();
    if (all > MOST) {
      throw new RetortException(
          String.format(
              Locale.ROOT,
              "network %s: expected a population of at most %,d parameters, which are 2 GB, got %s of %,d. Take %s.",
              blueprint.architecture(),
              MOST,
              members == 1 ? "one member" : String.format(Locale.ROOT, "%,d members", members),
              all / members,
              members == 1 ? "a smaller network" : "fewer members, or a smaller network"));
    }
    for (int i = 0; i < slices.size(); i++) {
      offsets[i + 1] = offsets[i] + members * slices.get(i).size();
    }
  }

  /** The layers below the outputs, each for all trunks one behind the other; then the outputs. */
  static List<Slice> slices(Blueprint blueprint) {
    Described below = Described.of(blueprint.architecture(), blueprint.inputShape());
    List<Output> outputs = blueprint.outputs();
    List<Slice> slices = new ArrayList<>();
    for (Slice slice : below.graph().slices()) {
      if (blueprint.trunk() == Trunk.SHARED) {
        slices.add(slice);
        continue;
      }
      outputs.stream()
          .filter(Output::isLinear)
          .forEach(output -> slices.add(slice.in(output.name())));
    }
    int features = below.features().size();
    for (Output output : outputs) {
      if (output.isInner()) {
        continue;
      }
      if (output.isFree()) {
        slices.add(Slice.free(output.name(), output.size(), output.gain()));
      } else {
        slices.add(Slice.linear(output.name(), features, output.size(), output.gain()));
        slices.add(Slice.linearBias(output.name(), features, output.size()));
      }
    }
    return List.copyOf(slices);
  }

  /**
   * Names of the slices in order, the same for the same numbers of another network: one trunk alone
   * calls its layers as the other calls those that it shares or has for each output.
   */
  static List<String> names(Blueprint blueprint, Blueprint other) {
    List<Slice> slices = slices(blueprint);
    if (trunks(blueprint.outputs()) != 1) {
      return slices.stream().map(Slice::name).toList();
    }
    Output own = blueprint.outputs().stream().filter(Output::isLinear).findFirst().orElseThrow();
    boolean shared = other.trunk() == Trunk.SHARED && trunks(other.outputs()) > 1;
    List<Slice> layers =
        Described.of(blueprint.architecture(), blueprint.inputShape()).graph().slices();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < slices.size(); i++) {
      Slice layer = i < layers.size() ? layers.get(i) : slices.get(i);
      names.add((shared || i >= layers.size() ? layer : layer.in(own.name())).name());
    }
    return names;
  }

  /** How many outputs have layers of their own below them, where trunks are separate. */
  static int trunks(List<Output> outputs) {
    return (int) outputs.stream().filter(Output::isLinear).count();
  }

  /** The slices in order. */
  List<Slice> slices() {
    return slices;
  }

  /** Which slice has a name. */
  int find(String name) {
    for (int i = 0; i < slices.size(); i++) {
      if (slices.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "layout: expected a slice '%s', got %s.".formatted(name, slices));
  }

  /** How many members there are. */
  int members() {
    return members;
  }

  /** How many numbers all members have. */
  int size() {
    return offsets[slices.size()];
  }

  /** Where a slice begins; the end of the last one for {@code slices().size()}. */
  int offset(int slice) {
    return offsets[slice];
  }

  /** How many numbers all members have in one slice. */
  int length(int slice) {
    return offsets[slice + 1] - offsets[slice];
  }

  /** Where one member's part of a slice begins. */
  int offset(int slice, int member) {
    return offsets[slice] + member * slices.get(slice).size();
  }

  /** Calls {@code range} with every stretch of the flat array that belongs to one member. */
  void ranges(int member, Range range) {
    for (int i = 0; i < slices.size(); i++) {
      int from = offset(i, member);
      range.of(from, from + slices.get(i).size());
    }
  }

  /** A stretch of the flat array. */
  @FunctionalInterface
  interface Range {
    void of(int from, int to);
  }

  /** Copies one member out of the flat array. */
  float[] gather(float[] all, int member) {
    float[] own = new float[size() / members];
    int[] to = new int[1];
    ranges(
        member,
        (from, end) -> {
          System.arraycopy(all, from, own, to[0], end - from);
          to[0] += end - from;
        });
    return own;
  }

  /** Copies one member into the flat array. */
  void scatter(float[] own, float[] all, int member) {
    int[] at = new int[1];
    ranges(
        member,
        (from, end) -> {
          System.arraycopy(own, at[0], all, from, end - from);
          at[0] += end - from;
        });
  }

  /** Copies those parameters of a population of one that are not those of some outputs alone. */
  float[] gather(float[] own, Stream<Output> without) {
    List<String> left = without.map(output -> output.name() + ".").toList();
    float[] kept = new float[own.length];
    int to = 0;
    for (int i = 0; i < slices.size(); i++) {
      if (left.stream().noneMatch(slices.get(i).name()::startsWith)) {
        System.arraycopy(own, offset(i), kept, to, slices.get(i).size());
        to += slices.get(i).size();
      }
    }
    return Arrays.copyOf(kept, to);
  }
}
