package dev.retort.kernel.engine;

import dev.retort.kernel.engine.Succession.Takeover;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.VarSnippet;

/**
 * What a declaration does to those that depend on it: values stay where they can, and a line names
 * those that cannot, and what reset them.
 *
 * <p>A declaration that lacks another is told of when the whole cell has been taken, since the
 * other may stand further down.
 */
final class Consequences {
  private final JShell shell;
  private final CellControl control;
  private final Consumer<String> notes;
  private final Map<DeclarationSnippet, String> seen = new LinkedHashMap<>();
  private List<Snippet> before = List.of();

  /**
   * Sees to the consequences of one cell.
   *
   * @param notes takes the lines that the user is told
   */
  Consequences(JShell shell, CellControl control, Consumer<String> notes) {
    this.shell = shell;
    this.control = control;
    this.notes = notes;
  }

  /**
   * A declaration that lacks another.
   *
   * @param why what it lacks
   * @param where what it stands in, or what made it so
   */
  record Unsettled(String why, String where) {}

  /** Gets ready for the evaluation of a text. */
  void foresee(String source) {
    before = shell.snippets().filter(snippet -> shell.status(snippet).isDefined()).toList();
    renew(source);
  }

  /** Sees to what one evaluation changed beside what it declared. */
  void of(List<SnippetEvent> events, Takeover takeover, String where) {
    Set<String> declared =
        events.stream()
            .filter(event -> event.causeSnippet() == null)
            .map(event -> name(event.snippet()))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    String cause = String.join(", ", declared);
    Set<String> lost = new LinkedHashSet<>(takeover.lost());
    for (SnippetEvent event : events) {
      if (event.snippet() instanceof VarSnippet variable && broken(event)) {
        if (!redeclared(variable)) {
          lost.add(variable.name());
        }
      } else if (event.snippet() instanceof DeclarationSnippet declaration) {
        seen.put(declaration, where);
      }
    }
    lost.removeAll(declared);
    lost.retainAll(named().map(VarSnippet::name).collect(Collectors.toSet()));
    for (String name : lost) {
      notes.accept(
          name
              + " was reset: its value does not fit any more, since "
              + anew(cause, declared, takeover)
              + " Declare "
              + name
              + " again.");
    }
    for (String name : takeover.withState()) {
      if (!declared.contains(name)) {
        notes.accept(
            "the static fields of "
                + name
                + " begin anew, since "
                + anew(cause, declared, takeover));
      }
    }
    if (!takeover.replaced().isEmpty()) {
      outdated(declared, takeover);
    }
  }

  private static String anew(String cause, Set<String> declared, Takeover takeover) {
    Set<String> others = new LinkedHashSet<>(takeover.replaced());
    others.removeAll(declared);
    return cause
        + (cause.startsWith("import ") ? " was added" : " was declared anew")
        + (others.isEmpty() ? "" : ", and with it " + String.join(", ", others))
        + ".";
  }

  /** The variables that the user gave names to: JShell keeps the values of expressions as well. */
  private Stream<VarSnippet> named() {
    return shell
        .variables()
        .filter(variable -> variable.subKind() != SubKind.TEMP_VAR_EXPRESSION_SUBKIND);
  }

  /** Names variables that keep objects of a class that has been replaced. */
  private void outdated(Set<String> declared, Takeover takeover) {
    named()
        .filter(variable -> shell.status(variable) == Status.VALID)
        .filter(variable -> !declared.contains(variable.name()))
        .forEach(
            variable ->
                control
                    .variable(() -> shell.varValue(variable))
                    .flatMap(takeover::heldBy)
                    .ifPresent(
                        type ->
                            notes.accept(
                                variable.name()
                                    + " still holds what was made of the "
                                    + type
                                    + " before, since "
                                    + anew(String.join(", ", declared), declared, takeover)
                                    + " Make it again.")));
  }

  /** Whether a variable that had a value can no longer be compiled as it was declared. */
  private static boolean broken(SnippetEvent event) {
    return event.causeSnippet() != null
        && event.previousStatus() == Status.VALID
        && (event.status() == Status.RECOVERABLE_DEFINED
            || event.status() == Status.RECOVERABLE_NOT_DEFINED
            || event.status() == Status.REJECTED);
  }

  /** Declares a variable once more, without what it began with, and gives it its value back. */
  private boolean redeclared(VarSnippet variable) {
    Object value = control.valueOf(className(variable), variable.name());
    return shell.eval(variable.typeName() + " " + variable.name() + ";").stream()
            .filter(event -> event.causeSnippet() == null)
            .allMatch(event -> event.status() == Status.VALID)
        && give(variable.name(), value);
  }

  /** Gives a variable that has been declared a value; returns whether it fits. */
  boolean give(String name, Object value) {
    return shell
        .variables()
        .filter(variable -> variable.name().equals(name))
        .filter(variable -> shell.status(variable) == Status.VALID)
        .anyMatch(variable -> control.give(className(variable), name, value));
  }

  private String className(Snippet snippet) {
    return shell.sourceCodeAnalysis().wrapper(snippet).fullClassName();
  }

  /** Has a type that is declared with other static parts than before initialized again. */
  private void renew(String source) {
    if (shell.types().noneMatch(type -> source.contains(type.name()))) {
      return;
    }
    List<String> parts = StaticParts.of(source);
    for (Grammar.Declared type : Grammar.types(source)) {
      shell
          .types()
          .filter(before -> before.name().contentEquals(type.tree().getSimpleName()))
          .filter(before -> shell.status(before).isActive())
          .filter(before -> !StaticParts.of(before.source()).equals(parts))
          .forEach(before -> control.renew(className(before)));
    }
  }

  /** Puts back what the last evaluation would have replaced, had it not been refused. */
  void undo() {
    for (Snippet snippet : before) {
      if (shell.status(snippet).isActive()) {
        continue;
      }
      if (snippet instanceof VarSnippet variable) {
        redeclared(variable);
      } else if (snippet instanceof DeclarationSnippet) {
        var unused = shell.eval(snippet.source());
      }
    }
  }

  /** Those of the declarations seen that cannot be used, now that all is there. */
  List<Unsettled> unsettled() {
    return unsettled(declaration -> true);
  }

  /** Those of the declarations seen that cannot be used yet, and that a text names. */
  List<Unsettled> unsettledIn(String source) {
    return unsettled(
        declaration ->
            Pattern.compile("\\b" + Pattern.quote(declaration.name()) + "\\b")
                .matcher(source)
                .find());
  }

  private List<Unsettled> unsettled(Predicate<DeclarationSnippet> wanted) {
    List<Unsettled> open = new ArrayList<>();
    seen.forEach(
        (declaration, where) -> {
          Status status = shell.status(declaration);
          if ((status == Status.RECOVERABLE_DEFINED || status == Status.RECOVERABLE_NOT_DEFINED)
              && wanted.test(declaration)) {
            open.add(new Unsettled(incomplete(declaration), where));
          }
        });
    return open;
  }

  /** Why a declaration cannot be used. */
  String incomplete(DeclarationSnippet declaration) {
    List<String> missing = shell.unresolvedDependencies(declaration).toList();
    return declaration.name()
        + " cannot be used until "
        + (missing.isEmpty()
            ? "its errors are mended" + errors(declaration)
            : String.join(", ", missing) + (missing.size() > 1 ? " are" : " is") + " declared")
        + ".";
  }

  private String errors(Snippet snippet) {
    List<String> errors = new ArrayList<>();
    shell
        .diagnostics(snippet)
        .filter(Diag::isError)
        .forEach(error -> errors.add(error.getMessage(Locale.ENGLISH).strip()));
    return errors.isEmpty() ? "" : " (" + String.join("; ", errors) + ")";
  }

  private static String name(Snippet snippet) {
    return snippet instanceof DeclarationSnippet declaration
        ? declaration.name()
        : snippet.source().strip().replaceFirst(";$", "");
  }
}
