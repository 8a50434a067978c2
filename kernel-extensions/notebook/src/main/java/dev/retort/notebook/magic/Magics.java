package dev.retort.notebook.magic;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.notebook.Bundle;
import dev.retort.notebook.Notebook;
import dev.retort.notebook.Renderings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.SourceVersion;

/**
 * All magics, and how one is called.
 *
 * <pre>{@code
 * Magics.line(notebook, "teacher", List.of("PPO", "CartPole", "--steps", "30000"));
 * Magics.cell(notebook, "distill", List.of("students"), "from data\nmembers 5");
 * }</pre>
 */
public final class Magics {
  private static final List<RetortMagic> ALL = all(new ArrayList<>());

  private Magics() {}

  private static List<RetortMagic> all(List<RetortMagic> magics) {
    magics.addAll(SessionMagics.all());
    magics.addAll(EnvMagics.all());
    magics.add(new TeacherMagic());
    magics.add(new CollectMagic());
    magics.add(new RenderMagic());
    magics.add(new SolveMagic());
    magics.add(new DistillMagic());
    magics.add(new DqinitMagic());
    magics.add(new EvaluateMagic());
    magics.add(new CompareMagic());
    magics.add(new ReproduceMagic());
    magics.addAll(RunMagics.all());
    magics.addAll(FileMagics.all());
    magics.add(new SqlMagic());
    return List.copyOf(magics);
  }

  /** The magics in the order of help. */
  public static List<RetortMagic> all() {
    return ALL;
  }

  /** The magic of that name, if there is one. */
  public static Optional<RetortMagic> find(String name) {
    return ALL.stream().filter(magic -> magic.manual().name().equals(name)).findFirst();
  }

  /**
   * What could stand in the place of the last word of a magic that is being typed: options, and
   * values that fit them.
   *
   * @param typed the text from its percent sign to the cursor; of a cell magic the body too
   */
  public static List<String> complete(Notebook notebook, String typed) {
    return Completion.of(notebook, typed);
  }

  /** The magic of that name; unknown ones are refused with the nearest. */
  public static RetortMagic get(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new UnknownNameException(
                    "magic", name, ALL.stream().map(magic -> magic.manual().name()).toList()));
  }

  /** The list of magics. */
  public static Bundle help() {
    return Help.list(ALL);
  }

  /** Everything about one magic; the name may have its percent sign. */
  public static Bundle help(String name) {
    return Help.of(get(name.replace("%", "")).manual());
  }

  /**
   * Calls a line magic: shows what there is to show, once, and gives its value.
   *
   * @param words what stands behind the name, quotes already taken away
   * @return nothing where a page was printed in its place
   */
  public static Optional<Object> line(Notebook notebook, String name, List<String> words) {
    RetortMagic magic = get(name);
    return call(magic, Typed.line("%" + name, words), Optional.empty(), notebook);
  }

  /**
   * Calls a cell magic, and puts its value into the variable that its first line names.
   *
   * @param words what stands behind the name
   * @param body the lines below
   */
  public static Optional<Object> cell(
      Notebook notebook, String name, List<String> words, String body) {
    RetortMagic magic = get(name);
    String sign = "%%" + name;
    Typed typed = magic.body(Typed.line(sign, words), sign, body);
    if (typed.words().isEmpty()) {
      return call(magic, typed, Optional.empty(), notebook);
    }
    String variable = typed.words().get(0);
    if (!SourceVersion.isIdentifier(variable) || SourceVersion.isKeyword(variable)) {
      throw new RetortException(
          "%s: expected the name of a variable for the result, got '%s'. Write %s result."
              .formatted(sign, variable, sign));
    }
    return call(magic, typed.withoutFirst(), Optional.of(variable), notebook);
  }

  private static Optional<Object> call(
      RetortMagic magic, Typed typed, Optional<String> variable, Notebook notebook) {
    if (typed.has(Switch.HELP)) {
      notebook.screen().show(Help.of(magic.manual()));
      return Optional.empty();
    }
    Phrase<?> phrase = phrase(magic, magic.completed(typed), notebook);
    if (typed.has(Switch.JAVA)) {
      notebook.screen().show(Bundle.text(java(phrase, variable)));
      return Optional.empty();
    }
    Object value = phrase.value().apply(notebook);
    if (phrase.shown() == Phrase.Shown.NOT_YET) {
      notebook.screen().show(Renderings.of(value));
    }
    variable.ifPresent(name -> notebook.variables().set(name, phrase.type(), value));
    return Optional.of(value);
  }

  /** Understands what was typed; where that fails, a comma may have been left out. */
  private static Phrase<?> phrase(RetortMagic magic, Typed typed, Notebook notebook) {
    try {
      return magic.phrase(Said.of(magic.manual(), magic.schemas(typed), typed), notebook);
    } catch (RetortException e) {
      String comma =
          typed.followed().stream()
              .filter(pair -> Said.isList(magic.manual(), pair.name()))
              .filter(
                  pair -> e.getMessage().contains("'" + pair.value().replaceFirst(".*,", "") + "'"))
              .map(
                  pair -> " Several are written with commas: --" + pair.name() + " " + pair.value())
              .findFirst()
              .orElse("");
      if (comma.isEmpty()) {
        throw e;
      }
      throw new RetortException(e.getMessage() + comma + ".", e);
    }
  }

  private static String java(Phrase<?> phrase, Optional<String> variable) {
    String simple = phrase.type().replaceAll("[a-z0-9]+\\.", "");
    return variable
        .map(name -> simple + " " + name + " = " + phrase.java() + ";")
        .orElse(phrase.java());
  }
}
