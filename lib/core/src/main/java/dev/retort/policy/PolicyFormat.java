package dev.retort.policy;

import dev.retort.RetortException;
import dev.retort.option.Given;
import dev.retort.store.TensorFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * A form in which others keep policies, found by what a file's name ends in: a service, so that
 * this library needs none of them.
 */
public interface PolicyFormat {
  /** What the names of such files end in, with the dot. */
  String ending();

  /**
   * Writes a policy, complete or not at all.
   *
   * @throws RetortException if the format has no words for a policy of its kind
   */
  void save(Policy policy, Path file);

  /**
   * Reads a policy.
   *
   * @throws RetortException if the file is damaged, or does not say all that a policy is
   */
  Policy open(Path file);

  /** All on the class path; none beside the library's own where the module of formats is absent. */
  static List<PolicyFormat> installed() {
    List<PolicyFormat> found = in(PolicyFormat.class.getClassLoader());
    return found.isEmpty() ? in(Thread.currentThread().getContextClassLoader()) : found;
  }

  private static List<PolicyFormat> in(ClassLoader loader) {
    return ServiceLoader.load(PolicyFormat.class, loader).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  /** The format of a file by its name; empty where it is the library's own, or nobody knows it. */
  static Optional<PolicyFormat> of(String verb, Path file) {
    String name = name(verb, file);
    return installed().stream().filter(each -> name.endsWith(each.ending())).findFirst();
  }

  /**
   * Refuses a file whose name promises a format that nobody knows.
   *
   * @param verb who asks, such as {@code save policy}
   */
  static void requireKnown(String verb, Path file) {
    if (of(verb, file).isEmpty() && !name(verb, file).endsWith(TensorFile.ENDING)) {
      throw unknown(verb, file);
    }
  }

  private static String name(String verb, Path file) {
    return String.valueOf(Given.given(verb, "a file", file).getFileName()).toLowerCase(Locale.ROOT);
  }

  private static RetortException unknown(String verb, Path file) {
    List<PolicyFormat> installed = installed();
    List<String> known = new ArrayList<>(List.of(TensorFile.ENDING));
    installed.forEach(each -> known.add(each.ending()));
    return new RetortException(
        "%s: expected a file that ends in %s, got '%s'. %s"
            .formatted(
                verb,
                known.size() == 1 ? known.get(0) : "one of " + String.join(", ", known),
                file,
                installed.isEmpty()
                    ? "Name it so, or add dev.retort:retort-exchange, which knows the formats of"
                        + " others."
                    : "Name it so."));
  }
}
