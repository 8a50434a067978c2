package dev.retort.notebook.magic;

import static dev.retort.Retort.dataset;
import static dev.retort.Retort.policy;
import static dev.retort.Retort.qPrior;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.data.Dataset;
import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.notebook.Notebook;
import dev.retort.policy.Policy;
import dev.retort.prior.QPrior;
import dev.retort.store.Shelf;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.SourceVersion;

/**
 * What a word of a magic stands for: a variable of the notebook, an environment's name, the number
 * of a run, or a file.
 *
 * @param <T> the value's type
 * @param java the word as a Java expression
 * @param value what it stands for
 */
record Thing<T>(String java, T value) {
  /** A policy: a variable, the number of a run that gave one, a name or a file. */
  static Thing<Policy> policyOf(String magic, String word, Notebook notebook) {
    if (isNumber(word)) {
      return new Thing<>("policy(" + number(word) + ")", policy(number(word)));
    }
    if (Shelf.isName(word)) {
      return new Thing<>("policy(" + Fluent.quoted(word) + ")", policy(word));
    }
    if (isFile(word)) {
      return new Thing<>("policy(" + path(word) + ")", policy(Path.of(word)));
    }
    return variable(magic, "a policy", Policy.class, word, notebook);
  }

  /** A dataset: a variable, the number of a run that gave one, a name or a file. */
  static Thing<Dataset> datasetOf(String magic, String word, Notebook notebook) {
    if (isNumber(word)) {
      return new Thing<>("dataset(" + number(word) + ")", dataset(number(word)));
    }
    if (Shelf.isName(word)) {
      return new Thing<>("dataset(" + Fluent.quoted(word) + ")", dataset(word));
    }
    if (isFile(word)) {
      return new Thing<>("dataset(" + path(word) + ")", dataset(Path.of(word)));
    }
    return variable(magic, "a dataset", Dataset.class, word, notebook);
  }

  /** A prior: a variable, the number of a run that gave one, or a file. */
  static Thing<QPrior> priorOf(String magic, String word, Notebook notebook) {
    if (isNumber(word)) {
      return new Thing<>("qPrior(" + number(word) + ")", qPrior(number(word)));
    }
    if (isFile(word)) {
      return new Thing<>("qPrior(" + path(word) + ")", qPrior(Path.of(word)));
    }
    return variable(magic, "a prior", QPrior.class, word, notebook);
  }

  /** An environment: a variable, or a name such as {@code FourRooms/train-200}. */
  static Thing<Env> envOf(String word, Notebook notebook) {
    Optional<Object> value =
        SourceVersion.isName(word) ? notebook.variables().get(word) : Optional.empty();
    if (value.isPresent() && value.get() instanceof Env env) {
      return new Thing<>(word, env);
    }
    return new Thing<>("env(" + Fluent.quoted(word) + ")", Environments.get(word));
  }

  /** A variable of a given type. */
  static <T> Thing<T> variable(
      String magic, String expected, Class<T> type, String word, Notebook notebook) {
    Object value = variable(word, notebook, type);
    if (!type.isInstance(value)) {
      throw new RetortException(
          "%s: expected %s in '%s', got %s.".formatted(magic, expected, word, kind(value)));
    }
    return new Thing<>(word, type.cast(value));
  }

  /**
   * Whatever a variable holds.
   *
   * @param types of the variables that can be meant, for the answer to a word that is none
   */
  static Object variable(String word, Notebook notebook, Class<?>... types) {
    Optional<Object> value =
        SourceVersion.isIdentifier(word) && !SourceVersion.isKeyword(word)
            ? notebook.variables().get(word)
            : Optional.empty();
    return value.orElseThrow(() -> unknown(word, Words.variables(notebook, types).toList()));
  }

  private static RetortException unknown(String word, List<String> names) {
    return names.isEmpty()
        ? new RetortException(
            "unknown variable '%s': expected one of this notebook, a run's number or a file. Run the cell that declares it."
                .formatted(word))
        : new UnknownNameException("variable", word, names);
  }

  /** A value's type for people. */
  static String kind(Object value) {
    String name = value.getClass().getSimpleName();
    return (Set.of('A', 'E', 'I', 'O').contains(name.charAt(0)) ? "an " : "a ") + name;
  }

  static boolean isNumber(String word) {
    return !word.isEmpty() && word.length() < 9 && word.chars().allMatch(Character::isDigit);
  }

  static int number(String word) {
    return Integer.parseInt(word);
  }

  private static boolean isFile(String word) {
    return word.contains("/") || word.contains("\\") || word.contains(".");
  }

  static String path(String word) {
    return "Path.of(" + Fluent.quoted(word) + ")";
  }
}
