package dev.retort.exchange.safetensors;

import dev.retort.nn.Blueprint;
import dev.retort.nn.Parameter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which layers of a file are which of a network, and their numbers. */
final class Layers {
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private final StateDict dict;

  Layers(StateDict dict) {
    this.dict = dict;
  }

  /** The layer of an array: {@code 0} of {@code 0.weight}; itself of one without a dot. */
  private static String layer(String array) {
    int dot = array.lastIndexOf('.');
    return dot < 0 ? array : array.substring(0, dot);
  }

  /**
   * The file's layer of each of the network's: those that are named, and the rest in the order of
   * their numbers.
   *
   * @param named ours by the file's
   */
  Map<String, String> match(Blueprint blueprint, Map<String, String> named) {
    Set<String> ours = new LinkedHashSet<>();
    blueprint
        .named(new float[(int) blueprint.parameters()])
        .forEach(each -> ours.add(layer(each.name())));
    Set<String> theirs = new LinkedHashSet<>();
    dict.arrays().forEach(array -> theirs.add(layer(array)));
    Map<String, String> matched = new LinkedHashMap<>();
    named.forEach(
        (their, our) -> {
          if (!theirs.remove(their) || !ours.remove(our)) {
            throw dict.refused(
                "a layer of the file and one of the network",
                "'%s' and '%s'".formatted(their, our),
                "The file has %s, the network %s.".formatted(theirs, ours));
          }
          matched.put(our, their);
        });
    List<String> rest = new ArrayList<>(theirs);
    boolean areNumbered =
        rest.stream().map(name -> NUMBER.matcher(name).replaceAll("#")).distinct().count() <= 1
            && rest.stream().allMatch(name -> NUMBER.matcher(name).find());
    if (rest.size() != ours.size() || !(areNumbered || rest.isEmpty())) {
      throw dict.refused(
          "layers that are numbered, one for each of " + ours,
          String.valueOf(rest),
          "Say which is which, such as naming(\"%s\", \"%s\"), or another network."
              .formatted(
                  rest.isEmpty() ? "layer" : rest.get(0),
                  ours.stream().findFirst().orElse("hidden0")));
    }
    rest.sort(byNumbers());
    int i = 0;
    for (String our : ours) {
      matched.put(our, rest.get(i++));
    }
    return matched;
  }

  /** {@code 2} before {@code 10}. */
  static Comparator<String> byNumbers() {
    return Comparator.comparing(
        name -> {
          List<BigInteger> numbers = new ArrayList<>();
          Matcher matcher = NUMBER.matcher(name);
          while (matcher.find()) {
            numbers.add(new BigInteger(matcher.group()));
          }
          return numbers;
        },
        Layers::compare);
  }

  private static int compare(List<BigInteger> a, List<BigInteger> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order = a.get(i).compareTo(b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  /** The numbers of a parameter, as a layer of the file has them. */
  float[] numbers(Parameter own, Map<String, String> layers) {
    String their = layers.get(layer(own.name()));
    String array = dict.tensors().has(their) ? their : their + "." + suffix(own.name());
    if (!dict.tensors().has(array)) {
      throw dict.refused(
          "an array '%s' for '%s'".formatted(array, own.name()),
          String.valueOf(dict.arrays()),
          "Say which layer it is by naming(..).");
    }
    List<Integer> shape = new ArrayList<>(own.shape());
    if (own.isMatrix()) {
      Collections.reverse(shape);
    } else if (shape.size() == 2 && shape.get(0) == 1) {
      shape.remove(0);
    }
    List<Integer> given = Arrays.stream(dict.tensors().shape(array)).boxed().toList();
    if (!given.equals(shape)) {
      throw dict.refused(
          "an array '%s' of shape %s for '%s'".formatted(array, shape, own.name()),
          "one of " + given,
          "Say another network, or on(..) of another environment.");
    }
    float[] values = floats(array);
    return own.isMatrix() ? Turned.of(values, shape.get(0), shape.get(1)) : values;
  }

  /** What PyTorch calls a parameter of a layer. */
  private static String suffix(String own) {
    return own.endsWith(".weight") || own.endsWith(".scale") ? "weight" : "bias";
  }

  private float[] floats(String array) {
    Object values = dict.tensors().all().get(array).array();
    float[] floats;
    if (values instanceof double[] doubles) {
      floats = new float[doubles.length];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = (float) doubles[i];
      }
    } else {
      floats = dict.tensors().floats(array);
    }
    for (int i = 0; i < floats.length; i++) {
      if (!Float.isFinite(floats[i])) {
        throw dict.refused(
            "finite numbers",
            "%s as number %s of '%s'".formatted(floats[i], i, array),
            "Take another copy of the file.");
      }
    }
    return floats;
  }
}
